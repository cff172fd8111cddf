import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { OpenCounts } from './counts.ts'
import type { EntryHead, EntryStateName } from './entry.ts'

/** Open entries that counts cannot tell apart: in one state, of one maker, sealed for the server or not. */
export type Lot = {
  readonly state: EntryStateName
  readonly makerId: string
  readonly makerName: Bilingual
  readonly parcelled: boolean
  readonly count: number
  /** Time made of the oldest. */
  readonly oldestMs: number
}

/** The same text for entries of one lot, and another for any other. */
export const lotOf = ({ state, makerId, parcelled }: EntryHead): string =>
  `${state.is}|${parcelled === true ? 1 : 0}|${makerId}`

/** @param oldest  of the lot */
export const lotWith = (oldest: EntryHead, count: number): Lot => ({
  state: oldest.state.is,
  makerId: oldest.makerId,
  makerName: oldest.makerName,
  parcelled: oldest.parcelled === true,
  count,
  oldestMs: oldest.madeAtMs,
})

/** Entries gathered into lots. @param open  oldest first */
export const gatherLots = (open: readonly EntryHead[]): readonly Lot[] =>
  [...Map.groupBy(open, lotOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [lotWith(first, others.length + 1)],
  )

const isWaiting = ({ state }: Lot): boolean => state === 'queued' || state === 'sending'
const sum = (lots: readonly Lot[]): number => lots.reduce((all, { count }) => all + count, 0)

/** Counts of open entries as the person signed in sees them; however many entries there are, lots are few. */
export const countLots = (lots: readonly Lot[], accountId: string | undefined): OpenCounts => {
  const waiting = lots.filter(isWaiting)
  const others = new Map<string, { name: Bilingual; count: number }>()
  for (const { makerId, makerName, parcelled, count } of waiting) {
    if (makerId === accountId || parcelled) continue
    others.set(makerId, { name: makerName, count: (others.get(makerId)?.count ?? 0) + count })
  }
  const own = waiting.filter(({ makerId }) => makerId === accountId)
  const carried = sum(waiting.filter(({ makerId, parcelled }) => makerId !== accountId && parcelled))
  return {
    waiting: sum(own) + carried,
    ownWaiting: sum(own),
    unsealed: sum(own.filter(({ parcelled }) => !parcelled)),
    carried,
    waitingForOthers: others,
    rejected: sum(lots.filter(({ state }) => state === 'rejected')),
    unreadable: sum(lots.filter(({ state }) => state === 'unreadable')),
    oldestWaitingMs: waiting.length === 0 ? undefined : Math.min(...waiting.map(({ oldestMs }) => oldestMs)),
  }
}
