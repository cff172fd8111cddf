import type { MatchKind, MatchList } from '@guankou/contract/matching/match-list.ts'
import type { MatchReason } from '@guankou/contract/matching/reasons.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { normalisePlate } from '#src/screening/plates.ts'

/** What somebody shows at a post: a plate, or the number of a document of any kind. */
export type Shown = { readonly kind: MatchKind; readonly number: string }

/** A probable match: a prompt to ask, and never a verdict. */
export type Match = {
  readonly listId: string
  readonly title: Bilingual
  readonly reason: MatchReason
}

/**
 * HMAC-SHA-256 of a text under the key of a list, lower-case hexadecimal; undefined where that key is not at hand, or the one at
 * hand is not the one the list was made with.
 */
export type DigestOf = (list: Pick<MatchList, 'id' | 'keyCheck'>, text: string) => Promise<string | undefined>

/**
 * The one form of what is digested, for whoever makes a list and whoever compares.
 * @example digestedText({ kind: 'plate', number: '粤c·12345' }) // 'plate|粤C12345'
 */
export const digestedText = ({ kind, number }: Shown): string =>
  `${kind}|${kind === 'plate' ? normalisePlate(number) : normaliseDocumentNumber(number)}`

/** Whether a digest is among sorted digests of equal length that stand one after the other. */
export const holdsDigest = (digests: string, digits: number, digest: string): boolean => {
  const wanted = digest.slice(0, digits)
  let [low, high] = [0, Math.floor(digests.length / digits)]
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = digests.slice(middle * digits, middle * digits + digits)
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle
  }
  return false
}

const matchIn = (list: MatchList, { kind }: Shown, digest: string, nowMs: number): Match | undefined => {
  const group = list.groups.find(
    (each) =>
      each.kind === kind && Date.parse(each.until) > nowMs && holdsDigest(each.digests, list.digits, digest),
  )
  return group === undefined ? undefined : { listId: list.id, title: list.title, reason: group.reason }
}

/**
 * Lists of a pack that a plate or a document number probably stands on, without a network. Entries that have ended do not
 * count, whatever the age of the pack. One in some thousands who are on no list agrees by chance (`falseMatches`), so that the
 * server is asked before anybody acts on it.
 */
export const matchesOf = async (
  { matching = [] }: Pick<PackContent, 'matching'>,
  shown: Shown,
  digestOf: DigestOf,
  nowMs: number,
): Promise<readonly Match[]> => {
  const text = digestedText(shown)
  if (text === `${shown.kind}|`) return []
  const found = await Promise.all(
    matching.map(async (list) => {
      const digest = await digestOf(list, text)
      return digest === undefined ? undefined : matchIn(list, shown, digest, nowMs)
    }),
  )
  return found.filter((match) => match !== undefined)
}
