import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import type { PolicyEvent } from '@guankou/models/forecast/policy-event.ts'
import { quoted } from '@guankou/simulator/inputs/input-errors.ts'
import { type RowReader, readRows } from '../read-rows.ts'
import { parseFlowTime } from './flow-time.ts'

const minutesPerDay = 1440
const eventKinds = ['closure', 'opening', 'restriction'] as const
const dayKinds = ['holiday', 'workday', 'ordinary'] as const

/** A cell that must be one of some words. */
const oneOf = <Word extends string>(
  row: RowReader,
  column: string,
  words: readonly Word[],
): Word | undefined => {
  const given = row.text(column)
  const word = words.find((each) => each === given)
  if (word === undefined)
    row.refuse(column, {
      en: `${quoted(given)} is none of ${words.join(', ')}`,
      zh: `${quoted(given)} 不是 ${words.join('、')} 之一`,
    })
  return word
}

/** Minutes of a time, or null for an empty cell; a day that stands for an end is over at its last minute. */
const minutesAt = (row: RowReader, column: string, isEnd: boolean): number | null => {
  const given = row.text(column)
  if (given === '') return null
  const time = parseFlowTime(given)
  if (time === null) {
    row.refuse(column, { en: `${quoted(given)} is not a time`, zh: `${quoted(given)} 不是时间` })
    return null
  }
  return time.minutes + (isEnd && time.style.separator === '' ? minutesPerDay : 0)
}

/**
 * Reads events: `series,kind,start,end,effect`; also `announced`.
 * @param asOfMinutes  events announced later are left out
 * @throws CommandFailure with file, row and column
 */
export const readEvents = async (
  file: string,
  windowMinutes: number,
  asOfMinutes: number,
): Promise<PolicyEvent[]> => {
  const events = await readRows(file, ['series', 'kind', 'start', 'end', 'effect'], (row) => {
    const start = minutesAt(row, 'start', false)
    const end = minutesAt(row, 'end', true)
    if (start === null && row.text('start') === '')
      row.refuse('start', { en: 'the cell is empty', zh: '单元格为空' })
    if (start !== null && end !== null && end <= start)
      row.refuse('end', { en: 'the end is not after the start', zh: '结束时间不晚于开始时间' })
    const announced = row.has('announced') ? minutesAt(row, 'announced', false) : null
    const series = row.text('series')
    const event: PolicyEvent = {
      series: series === '' || series === '*' ? null : series,
      kind: oneOf(row, 'kind', eventKinds) ?? 'restriction',
      from: Math.floor((start ?? 0) / windowMinutes),
      until: end === null ? null : Math.ceil(end / windowMinutes),
      effect: row.optionalNumber('effect', 0),
    }
    return announced !== null && announced > asOfMinutes ? [] : [event]
  })
  return events.flat()
}

/**
 * Reads holidays: `date,kind,name,ordinal`, one row for each day that is not like its weekday.
 * @throws CommandFailure with file, row and column
 */
export const readHolidays = (file: string): Promise<CalendarDay[]> =>
  readRows(file, ['date', 'kind', 'name', 'ordinal'], (row) => {
    const date = row.date('date')
    return {
      day: isCivilDate(date) ? Date.parse(`${date}T00:00:00Z`) / 86_400_000 : 0,
      kind: oneOf(row, 'kind', dayKinds) ?? 'ordinary',
      name: row.name('name'),
      ordinal: row.number('ordinal', -400, 400),
    }
  })
