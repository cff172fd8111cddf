import { describe, expect, it } from 'vitest'
import { shownAt } from './drill-clock.ts'

describe('the clock of a drill', () => {
  const clock = { realFromMs: 1_000_000, shownFromMs: Date.parse('2020-02-10T00:00:00Z'), speed: 60 }

  it('shows what it began with when it began', () => {
    expect(shownAt(clock, clock.realFromMs)).toBe(clock.shownFromMs)
  })

  it('shows an hour later after a minute, at speed 60', () => {
    expect(shownAt(clock, clock.realFromMs + 60_000)).toBe(Date.parse('2020-02-10T01:00:00Z'))
  })
})
