import type { Listed } from '@guankou/contract/matching/listed.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { digestedText, type Match, matchesOf, type Shown } from '@guankou/domain/matching/matches-of.ts'
import type { MatchKeys } from '#src/storage/match-keys.ts'
import type { Transport } from '#src/sync/transport.ts'

/** What is known of a hit: the server compared the whole digest, or nobody could ask it. */
export type MatchState = 'confirmed' | 'not-listed' | 'unconfirmed'

type Lists = Pick<PackContent, 'matching'>

/** Match lists at this phone: comparing, having the server compare, and what it said while its owner works. */
export type MatchBook = {
  /** Lists that something shown probably stands on, without those of which the server said otherwise. */
  readonly find: (content: Lists, shown: Shown) => Promise<readonly Match[]>
  readonly confirm: (match: Match, shown: Shown) => Promise<MatchState>
  /** What the rules look at: the lists of a document as far as is known now. Asks nobody, so that nobody waits. */
  readonly listedOf: (content: Lists, number: string) => Promise<readonly Listed[]>
  readonly clear: () => void
}

type Parts = {
  readonly matchKeys: Pick<MatchKeys, 'digestOf'>
  readonly confirmMatch: Transport['confirmMatch']
  readonly isOnline: () => boolean
  readonly nowMs: () => number
}

export const createMatchBook = ({ matchKeys, confirmMatch, isOnline, nowMs }: Parts): MatchBook => {
  const said = new Map<string, boolean>()
  const keyOf = ({ listId }: Match, shown: Shown): string => `${listId}|${digestedText(shown)}`
  const find = async (content: Lists, shown: Shown): Promise<readonly Match[]> =>
    (await matchesOf(content, shown, matchKeys.digestOf, nowMs())).filter(
      (match) => said.get(keyOf(match, shown)) !== false,
    )
  return {
    find,
    async confirm(match, shown) {
      const { kind, number } = shown
      const answer = isOnline() ? await confirmMatch({ listId: match.listId, kind, number }) : undefined
      if (answer?.is === 'ok') said.set(keyOf(match, shown), answer.value.listed)
      const listed = said.get(keyOf(match, shown))
      return listed === undefined ? 'unconfirmed' : listed ? 'confirmed' : 'not-listed'
    },
    async listedOf(content, number) {
      const shown: Shown = { kind: 'document', number }
      const found = await find(content, shown)
      return found.map((match) => ({
        listId: match.listId,
        reason: match.reason,
        confirmed: said.get(keyOf(match, shown)) === true,
      }))
    },
    clear: () => said.clear(),
  }
}
