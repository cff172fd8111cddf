import type { HandoverFactView, HandoverLine, HandoverNames } from '@guankou/contract/handovers/endpoints.ts'
import {
  type CancelReason,
  type CloseReason,
  type CustodySide,
  custodySides,
  handoverTakers,
  sidesOf,
} from '@guankou/contract/handovers/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import {
  type Custody,
  type CustodyFact,
  custodyOf,
  isOpenHandover,
} from '@guankou/domain/handovers/custody.ts'
import type { Opening } from '@guankou/domain/handovers/signed-text.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'

/** What this phone knows of a hand-over: what was opened or done on it, what it read from a code, and what the server told. */
export type KnownHandover = {
  readonly id: string
  readonly jurisdiction: number
  /** Made on this phone. */
  readonly opening?: Opening
  /** As told by the QR code of the giver. */
  readonly scanned?: { readonly opening: string; readonly people: number }
  /** What was done on this phone. */
  readonly own: readonly CustodyFact[]
  readonly line?: HandoverLine
  /** Covered names, once they were asked for. */
  readonly names?: HandoverNames
}

export type Limits = { readonly waitMinutes: number; readonly roadMinutes: number }

/** What lies in the vault. */
export type HandoverNotes = { readonly known: readonly KnownHandover[]; readonly limits: Limits | undefined }

const factOf = (view: HandoverFactView): readonly CustodyFact[] => {
  const { id, kind, side, stage, toRole, by, device, reason } = view
  const fact = { id, atMs: Date.parse(view.at) }
  if (kind === 'escalated') return stage === null || toRole === null ? [] : [{ ...fact, kind, stage, toRole }]
  const accountId = by?.accountId ?? ''
  if (kind === 'noted') return [{ ...fact, kind, accountId }]
  if (kind === 'closed') return [{ ...fact, kind, accountId, reason: reason as CloseReason }]
  if (kind === 'cancelled') return [{ ...fact, kind, accountId, reason: reason as CancelReason }]
  return side === null ? [] : [{ ...fact, kind, side, accountId, deviceId: device ?? '' }]
}

/** What has become of it, by the same function as on the server: what the phone did counts before the server has heard of it. */
export const custodyOfKnown = ({ id, line, own }: KnownHandover): Custody =>
  custodyOf(uuidTimeMs(id), [...(line?.facts ?? []).flatMap(factOf), ...own])

/** SHA-256 of what was opened, as far as this phone knows it. */
export const digestKnown = ({ line, scanned }: KnownHandover): string | undefined =>
  line?.opening?.digest ?? scanned?.opening

/** How many people are taken along; undefined where only the code is known. */
export const takenAlong = ({ opening, line, scanned }: KnownHandover): number | undefined => {
  const people = opening?.people ?? line?.opening?.people
  return people === undefined ? scanned?.people : people.filter(({ part }) => part !== 'near').length
}

/** The side that a role signs next, if there is one. */
export const nextSideOf = (custody: Custody, role: Role): CustodySide | undefined =>
  isOpenHandover(custody)
    ? custodySides.find(
        (side) => sidesOf[role]?.includes(side) === true && custody.signatures[side] === undefined,
      )
    : undefined

/** Whether a role takes people over, and works with hand-overs alone. */
export const takesOver = (role: Role): boolean => handoverTakers.includes(role)

/**
 * What the server tells joins what the phone knows, and nothing that was done here is lost by it. What the server refused for
 * good is no fact.
 */
export const joined = (
  known: readonly KnownHandover[],
  lines: readonly HandoverLine[],
  refusedIds: ReadonlySet<string>,
): readonly KnownHandover[] => {
  const byId = new Map(known.map((each) => [each.id, each]))
  for (const line of lines) {
    const { id, jurisdiction } = line
    byId.set(id, { ...(byId.get(id) ?? { id, jurisdiction, own: [] }), line })
  }
  return [...byId.values()]
    .filter(({ id, line }) => line !== undefined || !refusedIds.has(id))
    .map((each) => ({ ...each, own: each.own.filter(({ id }) => !refusedIds.has(id)) }))
}

const keptMs = 3 * 86_400_000

/** Without those that are over and old. */
export const withoutOld = (known: readonly KnownHandover[], nowMs: number): readonly KnownHandover[] =>
  known.filter((each) => isOpenHandover(custodyOfKnown(each)) || uuidTimeMs(each.id) > nowMs - keptMs)

/** Open ones first, from the oldest; then those that are over, from the newest. */
export const inOrder = (known: readonly KnownHandover[]): readonly KnownHandover[] => {
  const open = (each: KnownHandover): boolean => isOpenHandover(custodyOfKnown(each))
  return known.toSorted((a, b) => {
    if (open(a) !== open(b)) return open(a) ? -1 : 1
    return open(a) ? a.id.localeCompare(b.id) : b.id.localeCompare(a.id)
  })
}
