import type { MatchKey, MatchList } from '@guankou/contract/matching/match-list.ts'
import {
  type RunningList,
  readMatchEntries,
  readRunningLists,
} from '@guankou/db/queries/matching/read-lists.ts'
import { digestDigits } from '@guankou/domain/matching/digest-length.ts'
import { groupEntries, type MatchEntry } from '@guankou/domain/matching/group-entries.ts'
import type { ServerContext } from '#src/context.ts'
import { isCarriedIn } from '#src/use-cases/matching/confirm-match.ts'
import { keyCheckOf, openListKey } from '#src/use-cases/matching/list-keys.ts'

/** The lists of an area as its phones carry them, and the keys that open them. */
export type PackLists = { readonly lists: readonly MatchList[]; readonly keys: readonly MatchKey[] }

type Parts = Pick<ServerContext, 'db' | 'now' | 'reference'> & {
  readonly identity: Pick<ServerContext['identity'], 'sealer'>
}

const packList = async (
  { db, now, identity }: Parts,
  list: RunningList,
): Promise<{ readonly list: MatchList; readonly key: MatchKey } | undefined> => {
  const key = await openListKey(identity.sealer, list)
  if (key === undefined) return undefined
  const rows = await readMatchEntries(db.query, list, new Date(now()))
  const entries = rows.map(({ until, ...row }) => ({ ...row, until: until.toISOString() })) as MatchEntry[]
  if (entries.length === 0) return undefined
  const digits = digestDigits(entries.length)
  return {
    list: {
      id: list.id,
      title: { zh: list.titleZh, en: list.titleEn },
      digits,
      keyCheck: keyCheckOf(key),
      groups: groupEntries(entries, digits),
    },
    key: { listId: list.id, key: key.toString('base64') },
  }
}

/**
 * Lists that phones of an area carry. Read in the server's own role: what stands in them names nobody, and a district's
 * phones carry the lists of their city.
 */
export const readPackLists = async (parts: Parts, areaCode: number): Promise<PackLists> => {
  const jurisdictions = parts.reference
    .current()
    .jurisdictions.map(({ code }) => code)
    .filter((code) => isCarriedIn(areaCode, code))
  if (jurisdictions.length === 0) return { lists: [], keys: [] }
  const running = await readRunningLists(parts.db.query, jurisdictions, new Date(parts.now()))
  const packed = await Promise.all(running.map((list) => packList(parts, list)))
  const there = packed.filter((each) => each !== undefined)
  return { lists: there.map(({ list }) => list), keys: there.map(({ key }) => key) }
}
