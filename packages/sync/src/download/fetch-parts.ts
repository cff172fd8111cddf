import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import type { MatchKey } from '@guankou/contract/matching/match-list.ts'
import type { Pack, PackDelta, PackHead } from '@guankou/contract/sync/pack.ts'
import { applyDelta } from '@guankou/domain/sync/text-delta.ts'
import type { PackAnswer } from './runner.ts'

export type Refused = {
  readonly is: 'refused'
  readonly code: string
  readonly retry: RetryRule
  readonly retryAfterSeconds?: number
}
export type Missed = Refused | { readonly is: 'unreachable' }
type Got<T> = { readonly is: 'got'; readonly value: T } | Missed

/** The addresses of a pack in parts. */
export type PackSource = {
  /** @param heldVersion  for If-None-Match */
  readonly head: (heldVersion: string | undefined) => Promise<Got<PackHead> | { readonly is: 'not-modified' }>
  readonly content: (area: number, version: string) => Promise<Got<string>>
  readonly delta: (area: number, from: string, to: string) => Promise<Got<PackDelta>>
  /** All at once, for a server that knows no parts. */
  readonly whole: (heldVersion: string | undefined) => Promise<PackAnswer>
}

export type PartsPorts = {
  readonly source: PackSource
  /** SHA-256 of the text in UTF-8, lower-case hexadecimal. */
  readonly sha256Hex: (text: string) => Promise<string>
  readonly held: () => Pack | undefined
  /** Whether the keys of lists in the pack in hand are missing: a head that says “not modified” would not bring them. */
  readonly lacksKeys: () => boolean
  readonly onKeys: (keys: readonly MatchKey[]) => Promise<void>
}

/** The content that a delta makes of the one in hand; undefined where there is none, or it does not come to the version. */
const byDelta = async (
  { source, sha256Hex }: PartsPorts,
  held: Pack | undefined,
  { area, version }: PackHead,
): Promise<string | undefined> => {
  if (held === undefined) return undefined
  const delta = await source.delta(area, held.version, version)
  if (delta.is !== 'got') return undefined
  const text = applyDelta(held.content, delta.value)
  return text !== undefined && (await sha256Hex(text)) === version ? text : undefined
}

/** The content of a head: the one in hand, what a delta makes of it, or all of it. */
const contentOf = async (ports: PartsPorts, head: PackHead): Promise<Got<string>> => {
  const held = ports.held()
  if (held?.version === head.version) return { is: 'got', value: held.content }
  const made = await byDelta(ports, held, head)
  return made === undefined ? ports.source.content(head.area, head.version) : { is: 'got', value: made }
}

/**
 * Fetches a pack in parts: who is in force, and of its content only what is not in hand. What comes of it is checked like a
 * pack that came at once, so that nothing here has to be trusted.
 */
export const createPartsFetch =
  (ports: PartsPorts) =>
  async (heldVersion: string | undefined): Promise<PackAnswer> => {
    const head = await ports.source.head(ports.lacksKeys() ? undefined : heldVersion)
    if (head.is === 'refused' && head.code === 'NO_SUCH_ENDPOINT') return ports.source.whole(heldVersion)
    if (head.is !== 'got') return head
    const content = await contentOf(ports, head.value)
    if (content.is !== 'got') return content
    const { area: _, matchKeys, ...signed } = head.value
    await ports.onKeys(matchKeys)
    return { is: 'pack', pack: { ...signed, content: content.value } }
  }
