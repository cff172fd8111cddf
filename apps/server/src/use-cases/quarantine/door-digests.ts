import { replaceHouseholdDigest } from '@guankou/db/queries/households/redigest.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import type { ServerContext } from '#src/context.ts'
import { digestsOfAddress } from '#src/use-cases/households/fact-digests.ts'
import type { SealScope } from '#src/use-cases/quarantine/seal-person.ts'

/** Digests by which the own door of an episode is found again, under the later day that the episode is kept until. */
export const renewDoorDigests = async (
  { db, identity }: Pick<ServerContext, 'db' | 'identity'>,
  { key, keptDay }: SealScope,
  address: string,
): Promise<void> => {
  const { jurisdiction, id } = key
  const digests = await digestsOfAddress(
    identity.sealer,
    { jurisdiction, day: keptDay },
    id,
    readAddress(address),
  )
  for (const { kind, digest } of digests)
    await replaceHouseholdDigest(db.query, jurisdiction, { id, kind, digest })
}
