import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowColumns, parseFlows } from '#src/inputs/flows.ts'
import { type CsvRow, listedErrors, requireColumns } from '#src/inputs/input-errors.ts'
import { parseProfile, profileColumns } from '#src/inputs/profile.ts'

const rowsOf = (header: readonly string[], lines: readonly string[]): CsvRow[] =>
  lines.map((line, index) => {
    const cells = line.split(',')
    return { row: index + 2, cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) }
  })

const flows = (...lines: string[]): CsvRow[] => rowsOf(flowColumns, lines)
const volumes = (...lines: string[]): CsvRow[] => rowsOf(profileColumns, lines)

/** Where and what of the errors, in English. */
const errorsOf = (parsed: ReturnType<typeof parseFlows> | ReturnType<typeof parseProfile>) =>
  parsed.ok ? [] : parsed.errors.map(({ row, column, reason }) => [row, column, reason.en])

describe('requireColumns', () => {
  it('takes a header with further columns in any order', () => {
    expect(requireColumns(['origin_zh', 'flow_index', 'date', 'origin_code'], flowColumns)).toEqual([])
  })

  it('names each column that is missing or repeated', () => {
    const errors = requireColumns(['date', 'date', 'code'], flowColumns)
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [1, 'date'],
      [1, 'origin_code'],
      [1, 'flow_index'],
    ])
    expect(errors[0]?.reason).toEqual({ zh: '列 date 重复出现', en: 'column date is there more than once' })
  })
})

describe('parseFlows', () => {
  it('gives the shares of the day asked for', () => {
    const parsed = parseFlows(
      flows('2020-01-18,442000,0.6', '2020-01-18,440100,0.2', '2020-01-19,440100,5', '2020-01-18,820000,0'),
      '2020-01-18',
    )
    expect(parsed.ok && parsed.value.rowsRead).toBe(4)
    expect(parsed.ok && parsed.value.shares.map(({ originCode }) => originCode)).toEqual([
      442000, 440100, 820000,
    ])
    expect(parsed.ok && parsed.value.shares.map(({ share }) => share.toFixed(9))).toEqual([
      '0.750000000',
      '0.250000000',
      '0.000000000',
    ])
  })

  it.each([
    ['2020-01-18,442000,-0.1', 'flow_index', '“-0.1” is negative'],
    ['2020-01-18,442000,much', 'flow_index', '“much” is not a number'],
    ['2020-01-18,442000,1e999', 'flow_index', '“1e999” is not a number'],
    ['2020-01-18,442000,NaN', 'flow_index', '“NaN” is not a number'],
    ['2020-01-18,442000,0x10', 'flow_index', '“0x10” is not a number'],
    ['2020-01-18,442000,', 'flow_index', 'empty'],
    ['2020-01-18,440000,1', 'origin_code', '“440000” is not the code of a known origin'],
    [
      '2020-01-18,341402,1',
      'origin_code',
      '“341402” is not the code of a known origin, which today lies in 340100',
    ],
    ['2020-01-18,zhongshan,1', 'origin_code', '“zhongshan” is not the code of a known origin'],
    ['2020-02-30,442000,1', 'date', '“2020-02-30” is not a date written YYYY-MM-DD'],
    ['18/01/2020,442000,1', 'date', '“18/01/2020” is not a date written YYYY-MM-DD'],
  ])('refuses %s', (line, column, reason) => {
    expect(errorsOf(parseFlows(flows('2020-01-18,440100,1', line), '2020-01-18'))).toEqual([
      [3, column, reason],
    ])
  })

  it('refuses an origin that is there twice on a day, whichever day is asked for', () => {
    const rows = flows('2020-01-17,442000,1', '2020-01-18,442000,1', '2020-01-17,442000,2')
    expect(errorsOf(parseFlows(rows, '2020-01-18'))).toEqual([
      [4, 'origin_code', '442000 is there twice on 2020-01-17'],
    ])
  })

  it('refuses a file that is empty, lacks the day, or has no flow on it', () => {
    expect(errorsOf(parseFlows([], '2020-01-18'))).toEqual([[null, null, 'the file has no rows']])
    expect(errorsOf(parseFlows(flows('2020-01-17,442000,1'), '2020-01-18'))).toEqual([
      [null, 'date', 'no row for “2020-01-18”; the file runs from 2020-01-17 to 2020-01-17'],
    ])
    expect(errorsOf(parseFlows(flows('2020-01-18,442000,0'), '2020-01-18'))).toEqual([
      [null, 'flow_index', 'the flows of 2020-01-18 add up to 0, which gives no shares'],
    ])
  })

  it('lists the first errors and counts all', () => {
    const parsed = parseFlows(flows(...Array.from({ length: 500 }, () => '2020-01-18,1,x')), '2020-01-18')
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && parsed.errors.length).toBe(listedErrors)
    expect(!parsed.ok && parsed.errorCount).toBe(1000)
  })
})

const completeDay = (day: string, volume = 2): string[] =>
  Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:20,1,entry,${volume}`)

describe('parseProfile', () => {
  it('gives the mean day, all gates and both directions added up', () => {
    const parsed = parseProfile(
      volumes(...completeDay('2016-10-10'), '2016-10-10T08:20,2,exit,52', '2016-10-11T08:00,1,entry,1000'),
    )
    expect(parsed.ok && parsed.value.daysUsed).toEqual(['2016-10-10'])
    expect(parsed.ok && parsed.value.daysLeftOut).toEqual(['2016-10-11'])
    expect(parsed.ok && parsed.value.vehicles).toBe(100)
    expect(parsed.ok && parsed.value.slotShares[25]).toBeCloseTo(0.54, 12)
    expect(parsed.ok && parsed.value.slotShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('can be asked for one direction', () => {
    const rows = volumes(...completeDay('2016-10-10'), '2016-10-10T08:20,1,exit,52')
    const parsed = parseProfile(rows, ['entry'])
    expect(parsed.ok && parsed.value.vehicles).toBe(48)
  })

  it.each([
    [
      '2016-10-10T08:10,1,exit,5',
      'window_start',
      '“2016-10-10T08:10” does not begin on a multiple of 20 minutes',
    ],
    [
      '2016-10-10T25:00,1,exit,5',
      'window_start',
      '“2016-10-10T25:00” is not a local time written YYYY-MM-DDTHH:MM',
    ],
    ['soon,1,exit,5', 'window_start', '“soon” is not a local time written YYYY-MM-DDTHH:MM'],
    ['2016-10-10T08:20,1,both,5', 'direction', '“both” is neither entry nor exit'],
    ['2016-10-10T08:20,1,exit,-5', 'volume', '“-5” is negative'],
    ['2016-10-10T08:20,1,exit,2.5', 'volume', '2.5 is not a whole number'],
    ['2016-10-10T08:20,,exit,5', 'tollgate_id', 'empty'],
    ['2016-10-10T08:20,1,entry,5', 'window_start', 'this window of “1” entry is there twice'],
  ])('refuses %s', (line, column, reason) => {
    const rows = volumes(...completeDay('2016-10-10'), line)
    expect(errorsOf(parseProfile(rows))).toEqual([[26, column, reason]])
  })

  it('refuses a file that is empty, has no complete day, or no vehicle', () => {
    expect(errorsOf(parseProfile([]))).toEqual([[null, null, 'the file has no rows']])
    expect(errorsOf(parseProfile(volumes('2016-10-10T08:20,1,exit,5')))).toEqual([
      [null, 'window_start', 'no day is complete, with a window in each of its 24 hours'],
    ])
    expect(errorsOf(parseProfile(volumes(...completeDay('2016-10-10', 0))))).toEqual([
      [null, 'volume', 'the complete days have no vehicles'],
    ])
  })
})

describe('both', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('1', '-1', '2020-01-18', '442000'),
  )
  const cells = fc.dictionary(
    fc.oneof(fc.constantFrom(...flowColumns, ...profileColumns, '__proto__', 'constructor'), fc.string()),
    junk,
  )
  const rows = fc.array(fc.record({ row: fc.nat(), cells }), { minLength: 1, maxLength: 30 })

  it('refuse whatever is no such file, in both languages, and never throw', () => {
    fc.assert(
      fc.property(rows, junk, (file, date) => {
        for (const parsed of [parseFlows(file, date), parseProfile(file)]) {
          if (parsed.ok) continue
          expect(parsed.errorCount).toBeGreaterThanOrEqual(parsed.errors.length)
          for (const { reason } of parsed.errors) {
            expect(reason.en.length).toBeGreaterThan(0)
            expect(reason.zh.isWellFormed() && !/\p{Cc}/u.test(reason.zh)).toBe(true)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
