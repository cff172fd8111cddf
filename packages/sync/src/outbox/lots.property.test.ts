import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EntryHead, type EntryState, isWaiting } from './entry.ts'
import { countLots, gatherLots } from './lots.ts'

const state: fc.Arbitrary<EntryState> = fc.constantFrom(
  { is: 'queued' },
  { is: 'sending' },
  { is: 'rejected', code: 'UNKNOWN_POST' },
  { is: 'unreadable', reason: 'not-json' },
)

const open: fc.Arbitrary<readonly EntryHead[]> = fc
  .array(fc.record({ state, maker: fc.constantFrom('wang', 'chen', 'li'), parcelled: fc.boolean() }), {
    maxLength: 30,
  })
  .map((entries) =>
    entries.map(
      ({ state: at, maker, parcelled }, n): EntryHead => ({
        id: `id-${n}`,
        aggregateId: `id-${n}`,
        makerId: maker,
        makerName: { zh: maker, en: maker },
        madeAtMs: 1_000 + n,
        notBeforeMs: 0,
        attempts: 0,
        deferrals: 0,
        bytes: 1,
        ...(parcelled ? { parcelled } : {}),
        state: at,
      }),
    ),
  )

describe('counts of lots', () => {
  it('are those of the entries, one by one', () => {
    fc.assert(
      fc.property(open, fc.constantFrom('wang', 'chen', undefined), (heads, accountId) => {
        const counts = countLots(gatherLots(heads), accountId)
        const waiting = heads.filter(isWaiting)
        const own = waiting.filter(({ makerId }) => makerId === accountId)
        const carried = waiting.filter((head) => head.makerId !== accountId && head.parcelled === true)
        const left = waiting.filter((head) => head.makerId !== accountId && head.parcelled !== true)
        expect(counts.waiting).toBe(own.length + carried.length)
        expect(counts.ownWaiting).toBe(own.length)
        expect(counts.carried).toBe(carried.length)
        expect(counts.unsealed).toBe(own.filter((head) => head.parcelled !== true).length)
        expect(counts.rejected).toBe(heads.filter((head) => head.state.is === 'rejected').length)
        expect(counts.unreadable).toBe(heads.filter((head) => head.state.is === 'unreadable').length)
        expect(counts.oldestWaitingMs).toBe(waiting[0]?.madeAtMs)
        for (const maker of ['wang', 'chen', 'li'])
          expect(counts.waitingForOthers.get(maker)?.count ?? 0).toBe(
            left.filter(({ makerId }) => makerId === maker).length,
          )
      }),
    )
  })
})
