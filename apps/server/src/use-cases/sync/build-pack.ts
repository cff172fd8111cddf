import type { MatchKey } from '@guankou/contract/matching/match-list.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { ServerContext } from '#src/context.ts'
import { type PackLists, readPackLists } from '#src/use-cases/matching/pack-lists.ts'
import { visibleJurisdictions } from '#src/use-cases/places/read-places.ts'
import { createPackShelf, type PackShelf } from '#src/use-cases/sync/pack-shelf.ts'
import { readQuota } from '#src/use-cases/testing/read-quota.ts'

/** Lists are read anew after this time; what is changed here is seen at once. */
const listsFreshMs = 5_000

type Parts = Pick<ServerContext, 'db' | 'now' | 'reference' | 'devices' | 'parcels' | 'certificates'> & {
  readonly identity: Pick<ServerContext['identity'], 'sealer' | 'declarations'>
}

/** Packs as they are told to phones: the same for everybody of an area, but for the keys of its lists. */
export type Packs = PackShelf & {
  /** The keys of the lists in the pack of an area. */
  readonly matchKeys: (areaCode: number) => Promise<readonly MatchKey[]>
}

/** The lists of each area, read at most every few seconds. */
const createListReader = (parts: Parts, elapsedMs: () => number) => {
  const held = new Map<number, { readonly untilMs: number; readonly lists: Promise<PackLists> }>()
  return {
    forget: () => held.clear(),
    read: (areaCode: number): Promise<PackLists> => {
      const known = held.get(areaCode)
      if (known !== undefined && known.untilMs > elapsedMs()) return known.lists
      const lists = readPackLists(parts, areaCode)
      held.set(areaCode, { untilMs: elapsedMs() + listsFreshMs, lists })
      lists.catch(() => held.delete(areaCode))
      return lists
    },
  }
}

const declarationKeyOf = ({
  reference,
  identity,
}: Pick<Parts, 'reference' | 'identity'>): Pick<PackContent, 'declarations'> => {
  const { installation } = reference.current()
  if (installation === undefined) return {}
  const publicKey = identity.declarations.publicKey.toString('base64')
  return { declarations: { cityCode: installation.cityCode, publicKey } }
}

/** The content of the pack of an area, as the text that is signed. It depends on nothing but what is in it. */
const buildContent = async (parts: Parts, areaCode: number, { lists }: PackLists): Promise<string> => {
  const { reference, devices, parcels, certificates } = parts
  const { jurisdictions, posts, responses } = reference.current()
  const testing = await readQuota(parts, { areaCode })
  const content: PackContent = {
    jurisdictions: visibleJurisdictions(jurisdictions, areaCode),
    posts: posts.filter((post) => liesIn(post.jurisdiction, areaCode)),
    responses: [...responses],
    phones: await devices.policy(),
    sealingKey: parcels.sealingKey,
    ...(testing === undefined ? {} : { testing }),
    ...(lists.length === 0 ? {} : { matching: [...lists] }),
    ...declarationKeyOf(parts),
    ...(certificates.keys.length === 0 ? {} : { certificateKeys: [...certificates.keys] }),
  }
  return JSON.stringify(content)
}

export const createPacks = (parts: Parts): Packs => {
  const elapsedMs = () => performance.now()
  const reader = createListReader(parts, elapsedMs)
  const build = async (areaCode: number) => buildContent(parts, areaCode, await reader.read(areaCode))
  const shelf = createPackShelf({ build, elapsedMs })
  return {
    ...shelf,
    matchKeys: async (areaCode) => (await reader.read(areaCode)).keys,
    forget: () => {
      reader.forget()
      shelf.forget()
    },
  }
}
