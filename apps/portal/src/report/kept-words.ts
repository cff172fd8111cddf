import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { askQuarantineHelp, OwnQuarantine, reportQuarantine } from '@guankou/contract/quarantine/own.ts'

/** Something that was said and has to reach the server. */
export type Word =
  | { readonly is: 'report'; readonly body: BodyOf<typeof reportQuarantine> }
  | { readonly is: 'help'; readonly body: BodyOf<typeof askQuarantineHelp> }

type Kept = { readonly words: readonly Word[]; readonly own: OwnQuarantine | null }

const nothing: Kept = { words: [], own: null }
// The last letters tell two links on one phone apart and open nothing.
const keyOf = (secret: string): string => `guankou-quarantine-${secret.slice(-8)}`

/** The first letters of a link say which episode it is of, whichever link of it: 126 of the 128 bits of its id. */
const episodeLetters = 21
const isOfSame = (a: string, b: string): boolean => a.slice(0, episodeLetters) === b.slice(0, episodeLetters)

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<Kept>).words)

/** A page as this version shows it, also where an earlier version kept it. */
const asNow = (own: OwnQuarantine | null): OwnQuarantine | null =>
  own === null ? null : { ...own, handOver: own.handOver ?? null }

const readAt = (key: string): Kept => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isKept(kept) ? { words: kept.words, own: asNow(kept.own) } : nothing
  } catch {
    return nothing
  }
}

const underLink = (word: Word, secret: string): Word =>
  word.is === 'report'
    ? { ...word, body: { ...word.body, secret } }
    : { ...word, body: { ...word.body, secret } }

/** What this phone keeps of one link: words that are not sent yet, and the page as it was read last. */
export const keptWords = {
  read: (secret: string): Kept => readAt(keyOf(secret)),
  /** Takes over what waits on this phone under a link that this one replaced. */
  adopt: (secret: string): void => {
    try {
      const older = Object.keys(localStorage).filter(
        (key) => key.startsWith(keyOf('')) && key !== keyOf(secret),
      )
      for (const key of older) {
        const { words } = readAt(key)
        const [first] = words
        if (first === undefined || !isOfSame(first.body.secret, secret)) continue
        const { words: own, own: page } = readAt(keyOf(secret))
        const all = [...words.map((word) => underLink(word, secret)), ...own]
        localStorage.setItem(keyOf(secret), JSON.stringify({ words: all, own: page }))
        localStorage.removeItem(key)
      }
    } catch {
      // Where nothing can be kept, nothing waits.
    }
  },
  /** @returns false where the browser keeps nothing: the word is then on this page alone */
  keep: (secret: string, kept: Kept): boolean => {
    try {
      localStorage.setItem(keyOf(secret), JSON.stringify(kept))
      return true
    } catch {
      return false
    }
  },
  drop: (secret: string): void => {
    try {
      localStorage.removeItem(keyOf(secret))
    } catch {
      // Where nothing can be kept, nothing is there.
    }
  },
}
