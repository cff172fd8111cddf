import { describe, expect, it } from 'vitest'
import { behindFirst, cellStanding, doneShare } from '#src/households/coverage.ts'

const work = (due: number, overdue: number, completeToday: number) => ({ due, overdue, completeToday })

describe('the coverage of a grid cell', () => {
  it('is the share of what was to be done today', () => {
    expect(doneShare(work(3, 0, 1))).toBe(0.25)
    expect(doneShare(work(0, 0, 4))).toBe(1)
    expect(doneShare(work(4, 4, 0))).toBe(0)
  })

  it('is no number where nothing was asked and nothing was done', () => {
    expect(doneShare(work(0, 0, 0))).toBeUndefined()
  })

  it('calls for somebody where one door is overdue, however much was done', () => {
    expect(cellStanding(work(1, 1, 99))).toBe('overdue')
    expect(cellStanding(work(1, 0, 99))).toBe('under-way')
    expect(cellStanding(work(0, 0, 99))).toBe('done')
    expect(cellStanding(work(0, 0, 0))).toBe('idle')
  })

  it('puts what is most behind first', () => {
    const standings = ['idle', 'done', 'overdue', 'under-way'] as const
    expect(standings.toSorted((a, b) => behindFirst(a) - behindFirst(b))).toEqual([
      'overdue',
      'under-way',
      'done',
      'idle',
    ])
  })
})
