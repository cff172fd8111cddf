import { createHash } from 'node:crypto'
import type { HandoverChanged } from '@guankou/contract/changes/change-feed.ts'
import type {
  CancelReason,
  CloseReason,
  CustodySide,
  HandoverEscalationRole,
  HandoverPart,
  TimedStage,
} from '@guankou/contract/handovers/vocabulary.ts'
import type { HandoverFile, HandoverKey, StoredFact } from '@guankou/db/queries/handovers/handovers.ts'
import { type Custody, type CustodyFact, custodyOf } from '@guankou/domain/handovers/custody.ts'
import { openingText } from '@guankou/domain/handovers/signed-text.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'

/** Which hand-over an id means; the id carries when it was opened. */
export const handoverKey = (jurisdiction: number, id: string): HandoverKey => ({
  jurisdiction,
  occurredAt: new Date(uuidTimeMs(id)),
  id,
})

/** A row as the fact that a state is derived from. @throws Error where the row lacks what its kind needs */
const factOf = (row: StoredFact): CustodyFact => {
  const { id, kind, side, reason, stage, toRole, accountId, deviceId } = row
  const fact = { id, atMs: row.at.getTime() }
  if (kind === 'escalated' && stage !== null && toRole !== null)
    return { ...fact, kind, stage: stage as TimedStage, toRole: toRole as HandoverEscalationRole }
  if (accountId === null) throw new Error(`fact ${id} of a hand-over names nobody`)
  if (kind === 'noted') return { ...fact, kind, accountId }
  if (kind === 'closed') return { ...fact, kind, accountId, reason: reason as CloseReason }
  if (kind === 'cancelled') return { ...fact, kind, accountId, reason: reason as CancelReason }
  if (kind !== 'signed' || side === null || deviceId === null)
    throw new Error(`fact ${id} of a hand-over is of no known kind`)
  return { ...fact, kind, accountId, deviceId, side: side as CustodySide }
}

export const factsOf = (rows: readonly StoredFact[]): CustodyFact[] => rows.map(factOf)

/** What has become of a hand-over. */
export const custodyOfRows = (key: HandoverKey, rows: readonly StoredFact[]): Custody =>
  custodyOf(key.occurredAt.getTime(), factsOf(rows))

/** SHA-256 of what was opened, as it lies in the database; null while the opening has not arrived. */
export const openingDigestOf = ({ opening, people }: HandoverFile): Buffer | null => {
  if (opening === undefined) return null
  const text = openingText({
    id: opening.id,
    jurisdiction: opening.jurisdiction,
    occurredAt: opening.occurredAt.toISOString(),
    postId: opening.postId,
    responseId: opening.responseId,
    screeningId: opening.screeningId,
    people: people.map(({ seat, part }) => ({ seat, part: part as HandoverPart })),
    ...(opening.seatsPerRow === null ? {} : { seatsPerRow: opening.seatsPerRow }),
  })
  return createHash('sha256').update(text).digest()
}

/** What happened to a hand-over, as consoles are told. */
export const handoverChange = (key: HandoverKey, custody: Custody, at: Date): HandoverChanged => ({
  topic: 'handovers',
  jurisdiction: key.jurisdiction,
  committedAt: at.toISOString(),
  handoverId: key.id,
  state: custody.state,
})
