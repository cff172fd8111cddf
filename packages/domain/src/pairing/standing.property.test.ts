import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PairingTimes, pairingStanding } from '#src/pairing/standing.ts'

const minute = 60_000
const opened: PairingTimes = {
  openedAtMs: 0,
  joinedAtMs: undefined,
  lastAtMs: undefined,
  endedAtMs: undefined,
  endedBy: undefined,
}

describe('how a pairing stands', () => {
  it.each([
    ['waits for its partner', opened, 9, 'waiting', undefined],
    ['is worth nothing once its code is', opened, 10, 'ended', 'unused'],
    ['runs once somebody joined', { ...opened, joinedAtMs: 5 * minute }, 24, 'running', undefined],
    ['ends when nobody says anything', { ...opened, joinedAtMs: 5 * minute }, 25, 'ended', 'idle'],
    [
      'goes on with every word',
      { ...opened, joinedAtMs: 5 * minute, lastAtMs: 20 * minute },
      39,
      'running',
      undefined,
    ],
    [
      'never outlasts a shift',
      { ...opened, joinedAtMs: minute, lastAtMs: 479 * minute },
      480,
      'ended',
      'shift-over',
    ],
    [
      'ends where one of them ends it',
      { ...opened, joinedAtMs: minute, endedAtMs: 7 * minute, endedBy: 'desk' },
      7,
      'ended',
      'desk',
    ],
  ] as const)('%s', (_, times, minutes, state, ended) => {
    expect(pairingStanding(times, minutes * minute)).toMatchObject({ state, ended })
  })

  it('is ended for ever once it has ended, at the same instant and for the same reason', () => {
    const some = fc.option(fc.integer({ min: 0, max: 600 * minute }), { nil: undefined })
    fc.assert(
      fc.property(
        some,
        some,
        some,
        fc.nat(900 * minute),
        fc.nat(900 * minute),
        (joined, last, end, one, more) => {
          const times = {
            ...opened,
            joinedAtMs: joined,
            lastAtMs: last,
            endedAtMs: end,
            endedBy: 'field' as const,
          }
          const first = pairingStanding(times, one)
          if (first.state === 'ended') expect(pairingStanding(times, one + more)).toEqual(first)
          else expect(first.endsAtMs).toBeGreaterThan(one)
        },
      ),
    )
  })
})
