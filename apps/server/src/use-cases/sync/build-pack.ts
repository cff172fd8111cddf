import type { Pack, PackContent } from '@guankou/contract/sync/pack.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { visibleJurisdictions } from '#src/use-cases/places/read-places.ts'
import { readQuota } from '#src/use-cases/testing/read-quota.ts'

/** The signed pack of an actor's area. The version depends on the content alone. */
export const buildPack = async (context: ServerContext, actor: Actor): Promise<Pack> => {
  const { reference, identity, devices, parcels, now } = context
  const { jurisdictions, posts, responses } = reference.current()
  const testing = await readQuota(context, actor)
  const content: PackContent = {
    jurisdictions: visibleJurisdictions(jurisdictions, actor.areaCode),
    posts: posts.filter((post) => liesIn(post.jurisdiction, actor.areaCode)),
    responses: [...responses],
    phones: await devices.policy(),
    sealingKey: parcels.sealingKey,
    ...(testing === undefined ? {} : { testing }),
  }
  return identity.packSigner.sign(JSON.stringify(content), now())
}
