import { describe, expect, it } from 'vitest'
import { readRun, readSeat } from './read-run.ts'

const day = '2020-02-09'

describe('a run as a clerk types it', () => {
  it.each([
    ['g6123', { number: 'G6123', departsOn: day }],
    ['CZ 3739', { number: 'CZ3739', departsOn: day }],
    ['G6123 1-23 05', { number: 'G6123', departsOn: '2020-01-23', carriage: '05' }],
    ['Ｇ６１２３，8，12.31', { number: 'G6123', departsOn: '2019-12-31', carriage: '8' }],
    ['香港01', { number: '香港01', departsOn: day }],
  ])('%s', (text, run) => {
    expect(readRun(text, day)).toEqual(run)
  })

  it.each(['', 'G6123 2-30', 'G6123 5 6', 'G6123 1-1 1-2', 'G6123 carriage', 'x'.repeat(21)])(
    'is not made up where it cannot be read: %s',
    (text) => {
      expect(readRun(text, day)).toBeUndefined()
    },
  )

  it('has places as tickets name them', () => {
    expect(['12a', '036', '12-F', '0', '12Z', '1234'].map(readSeat)).toEqual([
      '12A',
      '36',
      '12F',
      undefined,
      undefined,
      undefined,
    ])
  })
})
