import type { OpenHandover } from '@guankou/contract/handovers/commands.ts'
import type { CustodySide } from '@guankou/contract/handovers/vocabulary.ts'

/** What an opening says, however it was stored. */
export type Opening = Omit<OpenHandover, 'kind' | 'schemaVersion'>

/**
 * The text whose SHA-256 stands for an opening in every signature. Phone and server build it by this one function; people are
 * in the order of their seats, so that the order in which they were named changes nothing.
 */
export const openingText = (opening: Opening): string =>
  JSON.stringify([
    'guankou-handover-1',
    opening.id,
    opening.jurisdiction,
    opening.occurredAt,
    opening.postId,
    opening.responseId,
    opening.screeningId,
    opening.people.toSorted((a, b) => a.seat - b.seat).map(({ seat, part }) => [seat, part]),
    opening.seatsPerRow ?? null,
  ])

/** What a device signs beside its own id and the time: which hand-over, as what, what was opened, and who. */
export const signedContent = (signed: {
  readonly handoverId: string
  readonly side: CustodySide
  readonly opening: string | null
  readonly accountId: string
}): readonly unknown[] => [signed.handoverId, signed.side, signed.opening, signed.accountId]
