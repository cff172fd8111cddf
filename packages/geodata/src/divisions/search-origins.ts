import type { Origin } from '#src/divisions/division.ts'
import { originOfDivision } from '#src/divisions/origin-of-division.ts'
import { allOrigins, findOrigin } from '#src/divisions/origins.ts'

/** Better matches are smaller. */
const match = { exact: 0, initials: 1, prefix: 2, abbreviation: 3, wordPrefix: 4, inside: 5 } as const
type Rank = (typeof match)[keyof typeof match]

interface SearchEntry {
  readonly origin: Origin
  readonly codes: readonly string[]
  /** Chinese and Latin names, normalised. */
  readonly names: readonly string[]
  readonly words: readonly string[]
  /** Readings of the short and of the full name; a reading with v also occurs with u. */
  readonly readings: readonly (readonly string[])[]
}

export interface SearchOriginsOptions {
  /** At most this many results; all of them by default. */
  readonly limit?: number
  /** Among equally good matches a larger weight comes first, e.g. arrivals of the last days. */
  readonly weightOf?: (originCode: number) => number
}

/** Lower case, no diacritics, no separators: "Xi'an" -> 'xian', 'Côte d’Ivoire' -> 'cotedivoire'. */
function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function readingsOf(origin: Origin): readonly (readonly string[])[] {
  const full = origin.syllables.split(' ')
  const short = origin.nameZh.startsWith(origin.shortNameZh)
    ? full.slice(0, [...origin.shortNameZh].length)
    : full
  const typedWithU = (syllables: readonly string[]) => syllables.map((syllable) => syllable.replace('v', 'u'))
  const readings = short.length === full.length ? [full] : [short, full]
  return origin.syllables.includes('v') ? [...readings, ...readings.map(typedWithU)] : readings
}

function toEntry(origin: Origin): SearchEntry {
  const spoken = [origin.nameZh, origin.shortNameZh, origin.nameEn, origin.shortNameEn, ...origin.aliases]
  const code = String(origin.code)
  return {
    origin,
    codes:
      origin.kind === 'country' ? [code, code.slice(3), origin.countryAlpha3?.toLowerCase() ?? code] : [code],
    names: [...new Set(spoken.map(normalise))],
    words: [
      ...new Set(
        [origin.nameEn, ...origin.aliases].flatMap((name) => name.split(/[^\p{L}\p{M}]+/u)).map(normalise),
      ),
    ],
    readings: readingsOf(origin),
  }
}

/** Whether the text is a run of beginnings of the syllables in order, none left out: 'zhh' and 'zhuh' for zhu hai. */
function abbreviates(text: string, syllables: readonly string[], from = 0): boolean {
  if (text === '') return true
  const syllable = syllables[from]
  if (syllable === undefined) return false
  for (let length = Math.min(syllable.length, text.length); length > 0; length -= 1) {
    if (text.startsWith(syllable.slice(0, length)) && abbreviates(text.slice(length), syllables, from + 1))
      return true
  }
  return false
}

function rankReading(query: string, syllables: readonly string[]): Rank | undefined {
  const joined = syllables.join('')
  if (joined === query) return match.exact
  if (syllables.map((syllable) => syllable.charAt(0)).join('') === query) return match.initials
  if (joined.startsWith(query)) return match.prefix
  return abbreviates(query, syllables) ? match.abbreviation : undefined
}

function rankEntry(query: string, entry: SearchEntry): Rank | undefined {
  if (entry.codes.includes(query) || entry.names.includes(query)) return match.exact
  const ranks = entry.readings
    .map((syllables) => rankReading(query, syllables))
    .filter((rank) => rank !== undefined)
  if (
    entry.names.some((name) => name.startsWith(query)) ||
    entry.codes.some((code) => code.startsWith(query))
  )
    ranks.push(match.prefix)
  if (entry.words.some((word) => word.startsWith(query))) ranks.push(match.wordPrefix)
  if (/\p{Script=Han}/u.test(query) && entry.names.some((name) => name.includes(query)))
    ranks.push(match.inside)
  return ranks.length === 0 ? undefined : (Math.min(...ranks) as Rank)
}

const entries: readonly SearchEntry[] = allOrigins().map(toEntry)

/** A six-digit code that is no origin finds the origin it lies in. */
function enclosingOrigin(query: string): Origin | undefined {
  const code = /^\d{6}$/.test(query) ? originOfDivision(Number(query)) : undefined
  return code === undefined ? undefined : findOrigin(code)
}

/**
 * Origins that a typed text may mean, best first: by Chinese name, pinyin in full ('zhuhai'), by initials ('zh'), by
 * beginnings of syllables ('zhuh'), by English or former name, by code. Exact matches come before initials, initials
 * before beginnings; equals are ordered by weight, then China before other countries, then by code.
 *
 * @returns an empty list for an empty text and for one nothing matches
 */
export function searchOrigins(query: string, options: SearchOriginsOptions = {}): readonly Origin[] {
  // A typed ü is v in pinyin (Lüliang) and u in other names (Türkiye).
  const readings = [...new Set([normalise(query), normalise(query.replace(/[üÜ]/g, 'v'))])]
  if (readings[0] === undefined || readings[0] === '') return []
  const enclosing = enclosingOrigin(readings[0])
  const weightOf = options.weightOf ?? (() => 0)
  const found = entries
    .flatMap((entry) => {
      const ranks = readings.map((reading) => rankEntry(reading, entry)).filter((rank) => rank !== undefined)
      if (entry.origin === enclosing) ranks.push(match.exact)
      return ranks.length === 0
        ? []
        : [{ rank: Math.min(...ranks), origin: entry.origin, weight: weightOf(entry.origin.code) }]
    })
    .sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.origin.code - b.origin.code)
    .map(({ origin }) => origin)
  return found.slice(0, options.limit ?? found.length)
}
