import type { PushOutcome } from '@guankou/contract/sync/push.ts'
import { describe, expect, it } from 'vitest'
import { retryByHand, withdraw, withdrawTogether } from './by-hand.ts'
import { claimBatch } from './claim.ts'
import { type EntryHead, newEntry, utf8Bytes } from './entry.ts'
import { settleBatch } from './settle.ts'

const head = (id: string, more: Partial<EntryHead> = {}): EntryHead => ({
  ...newEntry({
    id,
    aggregateId: id,
    makerId: 'a',
    makerName: { zh: '甲', en: 'A' },
    madeAtMs: 0,
    holdBackMs: 0,
    command: { id },
  }).head,
  ...more,
})
const sending = (id: string): EntryHead => head(id, { attempts: 1, state: { is: 'sending' } })
const accepted = (id: string): PushOutcome => ({
  outcome: 'accepted',
  id,
  recordedAt: '2020-01-23T00:00:00.000Z',
  duplicate: false,
})
const rejected = (id: string | null, code: string, retry: 'never' | 'later' | 'after-sign-in' = 'never') =>
  ({ outcome: 'rejected', id, code, retry, text: { zh: '否', en: 'no' } }) satisfies PushOutcome
const now = { nowMs: 1_000_000, random: () => 0.5 }
const answer = (outcomes: PushOutcome[]) => ({ receivedAt: '2020-01-23T00:00:00.000Z', outcomes })
const settle = (sent: EntryHead[], outcomes: PushOutcome[], open = sent) =>
  settleBatch(open, sent, answer(outcomes), now)
const limits = { makerId: 'a', nowMs: 1_000, maxCommands: 500, maxBytes: 1_000 }

describe('settling a batch', () => {
  it('matches outcomes by id whatever their order', () => {
    const { write } = settle([sending('a'), sending('b')], [rejected('b', 'UNKNOWN_LANE'), accepted('a')])
    expect(write.map((entry) => entry.state.is)).toEqual(['accepted', 'rejected'])
  })

  it('lets acceptance win among outcomes for one id', () => {
    const { write } = settle(
      [sending('a'), sending('b')],
      [rejected('a', 'INVALID_INPUT'), accepted('a'), rejected('a', 'INVALID_INPUT'), accepted('zz')],
    )
    expect(write[0]?.state.is).toBe('accepted')
    expect(write[1]?.state.is).toBe('queued')
  })

  it('places an outcome without an id by its position', () => {
    const { write } = settle([sending('a'), sending('b')], [accepted('a'), rejected(null, 'INVALID_INPUT')])
    expect(write[1]?.state).toMatchObject({ is: 'rejected', code: 'INVALID_INPUT' })
  })

  it('puts off an entry whose outcome is missing or cannot be read', () => {
    const broken = { outcome: 'accepted', id: 7 } as unknown as PushOutcome
    const { write } = settle([sending('a'), sending('b')], [broken])
    expect(write.map((entry) => [entry.state.is, entry.deferrals])).toEqual([
      ['queued', 1],
      ['queued', 1],
    ])
    expect(write[0]?.notBeforeMs).toBeGreaterThan(now.nowMs)
  })

  it('decides by our own registry, and by the server only for codes it does not know', () => {
    const { write } = settle(
      [sending('a'), sending('b'), sending('c')],
      [
        rejected('a', 'UNKNOWN_RULES_VERSION', 'never'),
        rejected('b', 'UNKNOWN_POST', 'later'),
        rejected('c', 'CODE_OF_TOMORROW', 'later'),
      ],
    )
    expect(write.map((entry) => entry.state.is)).toEqual(['queued', 'rejected', 'queued'])
    expect(write[0]?.lastCode).toBe('UNKNOWN_RULES_VERSION')
  })

  it('asks for sign-in or a new device when an outcome says so', () => {
    expect(settle([sending('a')], [rejected('a', 'NOT_SIGNED_IN')]).result.needs).toBe('sign-in')
    expect(settle([sending('a')], [rejected('a', 'DEVICE_REVOKED')]).result.needs).toBe('device')
  })

  it('takes acceptance late and ignores every other late outcome', () => {
    const requeued = head('a', { attempts: 1 })
    expect(settle([sending('a')], [accepted('a')], [requeued]).write[0]?.state.is).toBe('accepted')
    expect(settle([sending('a')], [rejected('a', 'UNKNOWN_POST')], [requeued]).write[0]).toEqual(requeued)
  })
})

describe('claiming a batch', () => {
  it('takes no more than the limits of commands and bytes, but one command of any size', () => {
    const open = ['a', 'b', 'c'].map((id) => head(id, { bytes: 400 }))
    expect(claimBatch(open, limits).result.heads.map((entry) => entry.id)).toEqual(['a', 'b'])
    expect(claimBatch(open, { ...limits, maxCommands: 1 }).result.heads).toHaveLength(1)
    expect(claimBatch([head('x', { bytes: 9_999 })], limits).result.heads).toHaveLength(1)
  })

  it('holds up only the aggregate of a rejected entry', () => {
    const bad = head('a1', { aggregateId: 'A', state: { is: 'rejected', code: 'X' } })
    const open = [bad, head('a2', { aggregateId: 'A' }), head('b1', { aggregateId: 'B' })]
    expect(claimBatch(open, limits).result.heads.map((entry) => entry.id)).toEqual(['b1'])
  })

  it('sends one entry of an aggregate at a time', () => {
    const open = [head('a1', { aggregateId: 'A' }), head('a2', { aggregateId: 'A' })]
    expect(claimBatch(open, limits).result.heads.map((entry) => entry.id)).toEqual(['a1'])
  })

  it('leaves what another account made, and says when the next falls due', () => {
    const open = [head('a', { makerId: 'b' }), head('c', { notBeforeMs: 6_000 })]
    expect(claimBatch(open, limits).result).toEqual({ heads: [], nextDueMs: 6_000 })
  })
})

describe('by hand', () => {
  it('withdraws only what cannot have left the phone', () => {
    expect(withdraw([head('a')], 'a', 5).write[0]?.state).toEqual({ is: 'withdrawn', atMs: 5 })
    expect(withdraw([sending('a')], 'a', 5).result).toBe(false)
    expect(withdraw([head('a', { attempts: 1 })], 'a', 5).result).toBe(false)
  })

  it('withdraws what belongs together as a whole or not at all', () => {
    const { write, result } = withdrawTogether([head('a'), head('b'), head('c')], ['a', 'b'], 5)
    expect([result, write.map(({ id }) => id)]).toEqual([true, ['a', 'b']])
    expect(withdrawTogether([head('a'), sending('b')], ['a', 'b'], 5)).toEqual({ write: [], result: false })
    expect(withdrawTogether([head('a')], ['a', 'b'], 5).result).toBe(false)
  })

  it('sends a rejected entry again at once and leaves a held-back one held back', () => {
    const open = [
      head('a', { attempts: 1, deferrals: 3, notBeforeMs: 99, state: { is: 'rejected', code: 'X' } }),
      head('b', { notBeforeMs: 99 }),
    ]
    const { write } = retryByHand(open, new Set(['a', 'b']), 50)
    expect(write.map((entry) => [entry.state.is, entry.notBeforeMs])).toEqual([
      ['queued', 50],
      ['queued', 99],
    ])
  })

  it('measures commands in bytes of UTF-8', () => {
    expect(utf8Bytes('aé粤😀')).toBe(1 + 2 + 3 + 4)
  })
})
