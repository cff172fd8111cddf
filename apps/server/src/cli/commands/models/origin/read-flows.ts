import type { FlowSeries, InflowSeries } from '@guankou/models/origin/origin-data.ts'
import { type RowReader, readRows } from '../read-rows.ts'
import { dayNumber } from './days.ts'
import { originCodeOf } from './place-codes.ts'

/** A flow on one day. */
type DayFlow = {
  readonly origin: string
  readonly destination: string
  readonly day: number
  readonly value: number
}

/** A flow of a week, known from its last day on. */
type WeekFlow = Omit<DayFlow, 'day'> & { readonly firstDay: number; readonly lastDay: number }

type Inflow = { readonly place: string; readonly day: number; readonly value: number }

type Flows = { readonly days: DayFlow[]; readonly weeks: WeekFlow[]; readonly inflows: Inflow[] }

/** Monday of the first ISO week of 2020. */
const firstMonday = dayNumber('2019-12-30')

const place = (row: RowReader, column: string): string => {
  const given = row.name(column)
  const code = originCodeOf(given)
  if (code === null && given !== '')
    row.refuse(column, {
      en: `"${given}" is no prefecture and no country`,
      zh: `"${given}" 不是地级行政区或国家`,
    })
  return code ?? ''
}

const weekOf = (row: RowReader): { firstDay: number; lastDay: number } => {
  const [week, days] = [row.number('iso_week_2020', 1, 53), row.number('days', 1, 7)]
  const lastDay = firstMonday + 7 * week - 1
  // The first week of a file may begin late; later ones are taken whole.
  return { firstDay: week === 1 ? lastDay - days + 1 : lastDay - 6, lastDay }
}

type Kind = { readonly columns: readonly string[]; readonly read: (row: RowReader, to: Flows) => void }

const kindsFor = (destination: string | null): readonly Kind[] => {
  const daily = (row: RowReader, to: Flows): void => {
    const given = row.has('destination_code') ? place(row, 'destination_code') : (destination ?? '')
    if (given === '' && !row.has('destination_code'))
      row.refuse(null, {
        en: 'the file names no destination; give --destination',
        zh: '文件没有目的地列，请用 --destination 指定',
      })
    to.days.push({
      origin: place(row, 'origin_code'),
      destination: given,
      day: dayNumber(row.date('date')),
      value: row.number('flow_index', 0),
    })
  }
  return [
    { columns: ['date', 'origin_code', 'flow_index'], read: daily },
    {
      columns: ['iso_week_2020', 'days', 'origin_code', 'destination_code', 'mean_daily_flow_index'],
      read: (row, to) =>
        to.weeks.push({
          origin: place(row, 'origin_code'),
          destination: place(row, 'destination_code'),
          value: row.number('mean_daily_flow_index', 0),
          ...weekOf(row),
        }),
    },
    {
      columns: ['date', 'code', 'index_in'],
      read: (row, to) => {
        // Totals are also given by province, which nobody passes through as a whole.
        const code = originCodeOf(row.name('code'))
        const [day, value] = [dayNumber(row.date('date')), row.optionalNumber('index_in', 0)]
        if (code !== null && value !== null) to.inflows.push({ place: code, day, value })
      },
    },
    {
      columns: ['date', 'index_in'],
      read: (row, to) => {
        const [day, value] = [dayNumber(row.date('date')), row.optionalNumber('index_in', 0)]
        if (destination !== null && value !== null) to.inflows.push({ place: destination, day, value })
      },
    },
  ]
}

const readFile = async (file: string, kinds: readonly Kind[], into: Flows): Promise<void> => {
  let kind: Kind | null | undefined
  await readRows(file, [], (row) => {
    if (kind === undefined) {
      kind = kinds.find(({ columns }) => columns.every(row.has)) ?? null
      if (kind === null)
        row.refuse(null, {
          en: `no columns of a flow file; give date, origin_code, destination_code and flow_index, or: ${kinds
            .slice(1)
            .map(({ columns }) => columns.join(', '))
            .join('; or: ')}`,
          zh: '不是流量文件的列',
        })
    }
    kind?.read(row, into)
  })
}

type Pair = { readonly origin: string; readonly destination: string; readonly values: Float64Array }

/**
 * The last week known stands for the days until the next is published, with the inflow of the destination as it was on each
 * day, where totals tell it; the last day told stands for later ones.
 */
const growthSinceWeek = (inflows: readonly Inflow[], lastWeekDay: number) => {
  const byPlace = new Map<string, Map<number, number>>()
  for (const { place: name, day, value } of inflows) {
    const days = byPlace.get(name) ?? new Map<number, number>()
    byPlace.set(name, days.set(day, value))
  }
  return (destination: string, day: number): number => {
    const totals = byPlace.get(destination)
    const inWeek = Array.from({ length: 7 }, (_, at) => totals?.get(lastWeekDay - at)).filter(
      (value) => value !== undefined,
    )
    const mean = inWeek.reduce((sum, value) => sum + value, 0) / inWeek.length
    if (!totals || !(mean > 0)) return 1
    for (let known = day; known > lastWeekDay; known--) {
      const value = totals.get(known)
      if (value !== undefined) return value / mean
    }
    return 1
  }
}

/** Partners from which on the daily rows of a place are taken as its whole list. */
const wholeList = 30

/** Where daily rows list the partners of a place, a pair that is not among them is small, whatever its week was. */
const emptyListedDays = (pairs: Iterable<Pair>, rows: readonly DayFlow[], firstDay: number): void => {
  const partners = new Map<string, number>()
  for (const { origin, destination, day } of rows)
    for (const key of [`${origin} from ${day}`, `${destination} to ${day}`])
      partners.set(key, (partners.get(key) ?? 0) + 1)
  const listed = new Set([...partners].filter(([, count]) => count >= wholeList).map(([key]) => key))
  if (listed.size === 0) return
  const places = new Set(rows.flatMap(({ origin, destination }) => [`${origin} from`, `${destination} to`]))
  for (const { origin, destination, values } of pairs) {
    const keys = [`${origin} from`, `${destination} to`].filter((key) => places.has(key))
    if (keys.length === 0) continue
    for (let at = 0; at < values.length; at++)
      if (keys.some((key) => listed.has(`${key} ${firstDay + at}`))) values[at] = 0
  }
}

const joinFlows = ({ days, weeks, inflows }: Flows, asOfDay: number): FlowSeries[] => {
  const knownWeeks = weeks.filter(({ lastDay }) => lastDay <= asOfDay)
  const knownDays = days.filter(({ day }) => day <= asOfDay)
  let firstDay = asOfDay + 1
  let lastWeekDay = 0
  for (const week of knownWeeks) {
    firstDay = Math.min(firstDay, week.firstDay)
    lastWeekDay = Math.max(lastWeekDay, week.lastDay)
  }
  for (const { day } of knownDays) firstDay = Math.min(firstDay, day)
  const pairs = new Map<string, Pair>()
  const pairOf = (origin: string, destination: string): Pair => {
    const key = `${origin} ${destination}`
    const pair = pairs.get(key) ?? { origin, destination, values: new Float64Array(asOfDay - firstDay + 1) }
    pairs.set(key, pair)
    return pair
  }
  const growth = growthSinceWeek(inflows, lastWeekDay)
  for (const week of knownWeeks) {
    const { values } = pairOf(week.origin, week.destination)
    values.fill(week.value, week.firstDay - firstDay, week.lastDay - firstDay + 1)
    if (week.lastDay < lastWeekDay) continue
    for (let day = lastWeekDay + 1; day <= asOfDay; day++)
      values[day - firstDay] = week.value * growth(week.destination, day)
  }
  emptyListedDays(pairs.values(), knownDays, firstDay)
  for (const { origin, destination, day, value } of knownDays)
    pairOf(origin, destination).values[day - firstDay] = value
  const lastDay =
    knownWeeks.length > 0 ? asOfDay : knownDays.reduce((last, { day }) => Math.max(last, day), 0)
  return [...pairs.values()].map(({ origin, destination, values }) => ({
    origin,
    destination,
    firstDay,
    values: values.subarray(0, Math.max(0, lastDay - firstDay + 1)),
  }))
}

const joinInflows = (inflows: readonly Inflow[], asOfDay: number): InflowSeries[] =>
  [
    ...Map.groupBy(
      inflows.filter(({ day }) => day <= asOfDay),
      (each) => each.place,
    ),
  ].map(([name, rows]) => {
    const firstDay = rows.reduce((first, { day }) => Math.min(first, day), asOfDay)
    const values = new Float64Array(asOfDay - firstDay + 1)
    for (const { day, value } of rows) values[day - firstDay] = value
    return { place: name, firstDay, values }
  })

/**
 * Reads files of flows as the Baidu migration index has them: daily or weekly by origin and destination, daily by origin for
 * one destination, and totals of inflow.
 * @param files  paths   @param destination  of files that name none   @param asOfDay  what is later is checked and left out
 * @returns flows and totals; where files give the same pair and day the last counts, and days count before weeks
 * @throws CommandFailure with file, row and column
 */
export const readFlowFiles = async (
  files: readonly string[],
  destination: string | null,
  asOfDay: number,
): Promise<{ flows: FlowSeries[]; inflows: InflowSeries[] }> => {
  const flows: Flows = { days: [], weeks: [], inflows: [] }
  const kinds = kindsFor(destination)
  for (const file of files) await readFile(file, kinds, flows)
  return {
    flows: joinFlows({ ...flows, inflows: flows.inflows.filter(({ day }) => day <= asOfDay) }, asOfDay),
    inflows: joinInflows(flows.inflows, asOfDay),
  }
}
