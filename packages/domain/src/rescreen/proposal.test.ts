import { describe, expect, it } from 'vitest'
import { lapsesAtMs, mayNotDecide, needsSecondPerson, proposalStateOf } from './proposal.ts'

const waiting = { state: 'waiting', afterVersion: 4, lapsesAtMs: 1_000 } as const

describe('a proposal', () => {
  it('waits until its time is over, or another version comes first', () => {
    expect(proposalStateOf(waiting, { nowMs: 999, newestVersion: 4 })).toBe('waiting')
    expect(proposalStateOf(waiting, { nowMs: 1_000, newestVersion: 4 })).toBe('lapsed')
    expect(proposalStateOf(waiting, { nowMs: 0, newestVersion: 5 })).toBe('overtaken')
    expect(proposalStateOf(waiting, { nowMs: 2_000, newestVersion: 5 })).toBe('lapsed')
  })

  it.each(['agreed', 'declined', 'withdrawn'] as const)('stays %s whatever comes later', (state) => {
    expect(proposalStateOf({ ...waiting, state }, { nowMs: 9_999, newestVersion: 9 })).toBe(state)
  })

  it('lapses half a day after it was made', () => {
    expect(lapsesAtMs(0)).toBe(12 * 3_600_000)
  })

  it('is decided by somebody else, and one of the two commands', () => {
    const of = (role: 'commander' | 'duty-planner') => ({ proposedBy: 'a', role })
    expect(mayNotDecide(of('commander'), { accountId: 'a', role: 'commander' })).toBe('PROPOSAL_OWN')
    expect(mayNotDecide(of('commander'), { accountId: 'b', role: 'commander' })).toBeUndefined()
    expect(mayNotDecide(of('commander'), { accountId: 'b', role: 'duty-planner' })).toBeUndefined()
    expect(mayNotDecide(of('duty-planner'), { accountId: 'b', role: 'commander' })).toBeUndefined()
    expect(mayNotDecide(of('duty-planner'), { accountId: 'b', role: 'duty-planner' })).toBe(
      'PROPOSAL_NEEDS_COMMANDER',
    )
  })

  it('is needed unless the response says that one person decides', () => {
    expect(needsSecondPerson({})).toBe(true)
    expect(needsSecondPerson({ rulesBy: 'two-people' })).toBe(true)
    expect(needsSecondPerson({ rulesBy: 'one-person' })).toBe(false)
  })
})
