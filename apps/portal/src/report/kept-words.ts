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

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<Kept>).words)

/** What this phone keeps of one link: words that are not sent yet, and the page as it was read last. */
export const keptWords = {
  read: (secret: string): Kept => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(keyOf(secret)) ?? 'null')
      return isKept(kept) ? kept : nothing
    } catch {
      return nothing
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
