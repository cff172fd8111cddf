import {
  type CancelReason,
  type CloseReason,
  type CustodyDoubtKind,
  type CustodySide,
  custodySides,
  type HandoverEscalationRole,
  type HandoverState,
  type TimedStage,
} from '@guankou/contract/handovers/vocabulary.ts'
import { clockToleranceMs } from '#src/screening/decide.ts'

type Fact = { readonly id: string; readonly atMs: number }

/** One fact of a hand-over. Facts arrive in any order, and more than once; what follows from them is the same. */
export type CustodyFact =
  | (Fact & {
      readonly kind: 'signed'
      readonly side: CustodySide
      readonly accountId: string
      readonly deviceId: string
    })
  | (Fact & { readonly kind: 'noted'; readonly accountId: string })
  | (Fact & { readonly kind: 'closed'; readonly accountId: string; readonly reason: CloseReason })
  | (Fact & { readonly kind: 'cancelled'; readonly accountId: string; readonly reason: CancelReason })
  | (Fact & {
      readonly kind: 'escalated'
      readonly stage: TimedStage
      readonly toRole: HandoverEscalationRole
    })

export type Signature = Extract<CustodyFact, { kind: 'signed' }>
type Ending = Extract<CustodyFact, { kind: 'closed' | 'cancelled' }>

export type CustodyDoubt = { readonly kind: CustodyDoubtKind; readonly side: CustodySide }

/** What has become of a hand-over: all of it follows from its opening and its facts. */
export type Custody = {
  readonly state: HandoverState
  /** Of each side the one that counts: the earliest. */
  readonly signatures: Readonly<Partial<Record<CustodySide, Signature>>>
  /** What ended it: the earliest closing, or the earliest cancellation where nobody took anybody over. */
  readonly ending: Ending | null
  readonly cancelled: Ending | null
  /** Since when it stands where it stands, by the clocks of the devices. */
  readonly sinceMs: number
  readonly escalatedTo: Readonly<Record<TimedStage, readonly HandoverEscalationRole[]>>
  readonly doubts: readonly CustodyDoubt[]
}

/** Whether a fact counts before another of its kind; ids tell those of one instant apart. */
export const isEarlier = (a: Fact, b: Fact): boolean => (a.atMs === b.atMs ? a.id < b.id : a.atMs < b.atMs)

const earliest = <F extends Fact>(facts: readonly F[]): F | undefined =>
  facts.reduce<F | undefined>(
    (best, fact) => (best === undefined || isEarlier(fact, best) ? fact : best),
    undefined,
  )

type Signatures = Custody['signatures']

const signaturesOf = (facts: readonly CustodyFact[]): Signatures =>
  Object.fromEntries(
    custodySides.flatMap((side) => {
      const first = earliest(
        facts.filter((fact): fact is Signature => fact.kind === 'signed' && fact.side === side),
      )
      return first === undefined ? [] : [[side, first]]
    }),
  )

/** Sides that have to have signed by now and have not: those before the last that did, and all of one that was closed. */
const missingOf = (signatures: Signatures, isClosed: boolean): readonly CustodySide[] => {
  const last = isClosed
    ? custodySides.length
    : custodySides.findLastIndex((side) => signatures[side] !== undefined)
  return custodySides.filter((side, index) => index < last && signatures[side] === undefined)
}

const doubtsOf = (openedAtMs: number, signatures: Signatures, isClosed: boolean): readonly CustodyDoubt[] => {
  const doubts: CustodyDoubt[] = missingOf(signatures, isClosed).map((side) => ({
    kind: 'signature-missing',
    side,
  }))
  let latestMs = openedAtMs
  for (const side of custodySides) {
    const signature = signatures[side]
    if (signature === undefined) continue
    if (signature.atMs < latestMs - clockToleranceMs) doubts.push({ kind: 'time-runs-back', side })
    latestMs = Math.max(latestMs, signature.atMs)
  }
  for (const [gives, takes] of [custodySides.slice(0, 2), custodySides.slice(2)] as const) {
    if (gives === undefined || takes === undefined) continue
    const giver = signatures[gives]
    if (giver !== undefined && giver.deviceId === signatures[takes]?.deviceId)
      doubts.push({ kind: 'one-device', side: takes })
  }
  return doubts
}

const stageOf = (signatures: Signatures): Exclude<HandoverState, 'closed' | 'cancelled'> => {
  if (signatures['clinic-takes'] !== undefined) return 'received'
  const isOnTheWay =
    signatures['transport-takes'] !== undefined || signatures['transport-gives'] !== undefined
  return isOnTheWay ? 'with-transport' : 'at-post'
}

const sinceOf = (openedAtMs: number, signatures: Signatures, stage: HandoverState): number => {
  if (stage === 'received') return signatures['clinic-takes']?.atMs ?? openedAtMs
  if (stage === 'at-post') return openedAtMs
  return (signatures['transport-takes'] ?? signatures['transport-gives'])?.atMs ?? openedAtMs
}

const escalatedOf = (facts: readonly CustodyFact[], stage: TimedStage): readonly HandoverEscalationRole[] => [
  ...new Set(
    facts
      .filter((fact) => fact.kind === 'escalated' && fact.stage === stage)
      .toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))
      .flatMap((fact) => (fact.kind === 'escalated' ? [fact.toRole] : [])),
  ),
]

const endingOf = (facts: readonly CustodyFact[], kind: Ending['kind']): Ending | null =>
  earliest(facts.filter((fact): fact is Ending => fact.kind === kind)) ?? null

/**
 * What has become of a hand-over. The facts are taken as a set: in whatever order they come, and however often each does,
 * the answer is the same, so that phones that were offline and the server agree once they know the same facts.
 * A person who was taken over is with whoever took them, even where the one who gave has not been heard of yet; and nobody is
 * cancelled who has been taken over.
 * @param openedAtMs  Unix time, milliseconds, of the opening; the id of the hand-over carries it
 */
export const custodyOf = (openedAtMs: number, given: readonly CustodyFact[]): Custody => {
  const facts = [...new Map(given.map((fact) => [fact.id, fact])).values()]
  const signatures = signaturesOf(facts)
  const stage = stageOf(signatures)
  const closing = endingOf(facts, 'closed')
  const cancelled = endingOf(facts, 'cancelled')
  const ending = closing ?? (stage === 'at-post' ? cancelled : null)
  const state = ending === null ? stage : ending.kind
  return {
    state,
    signatures,
    ending,
    cancelled,
    sinceMs: ending === null ? sinceOf(openedAtMs, signatures, stage) : ending.atMs,
    escalatedTo: {
      'at-post': escalatedOf(facts, 'at-post'),
      'with-transport': escalatedOf(facts, 'with-transport'),
    },
    doubts: doubtsOf(openedAtMs, signatures, state === 'closed'),
  }
}

/** Whether somebody still has to do something about it. */
export const isOpenHandover = ({ state }: Pick<Custody, 'state'>): boolean =>
  state !== 'closed' && state !== 'cancelled'
