import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { originRisk } from '@guankou/models/origin/origin-risk.ts'
import { predictRisk, type RiskRow } from '@guankou/models/origin/predict-risk.ts'
import { defaultRiskSettings, peoplePerIndexPoint } from '@guankou/models/origin/risk-settings.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { decimal, withFormat } from './options.ts'
import { civilDay, dayNumber } from './origin/days.ts'
import { originCodeOf, populationOf, regionOf } from './origin/place-codes.ts'
import { readCaseFiles } from './origin/read-cases.ts'
import { readDeclaredFile, readPopulationFile } from './origin/read-declared.ts'
import { readFlowFiles } from './origin/read-flows.ts'
import { createProgressBar } from './progress-bar.ts'
import { withBadInput } from './with-bad-input.ts'
import { type Format, type OutputCell, writeRows } from './write-rows.ts'

type Options = {
  readonly flows: readonly string[]
  readonly cases: readonly string[]
  readonly asOf: string
  readonly destination?: string
  readonly declared?: string
  readonly populations?: string
  readonly by: 'origin' | 'destination' | 'pair'
  readonly summary?: true
  readonly horizon: number
  readonly from?: string
  readonly to?: string
  readonly peoplePerUnit: number
  readonly transitShare: number
  readonly format: Format
}

const places = {
  origin: ['origin_code'],
  destination: ['destination_code'],
  pair: ['origin_code', 'destination_code'],
}

const figures = ['expected', 'low50', 'high50', 'low90', 'high90', 'p_at_least_one'] as const

const civilDate = (text: string): string => {
  if (!isCivilDate(text)) throw new InvalidArgumentError('give a day such as 2020-02-01')
  return text
}

const placeCode = (text: string): string => {
  const code = originCodeOf(text)
  if (code === null) throw new InvalidArgumentError('give the code of a prefecture or country')
  return code
}

const horizonDays = (text: string): number => {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 120)
    throw new InvalidArgumentError('give a whole number of days from 1 to 120')
  return Number(text)
}

const outputOf = (row: RiskRow): Record<string, OutputCell> => ({
  date: civilDay(row.day),
  origin_code: row.origin,
  destination_code: row.destination,
  expected: row.expected,
  low50: row.low50,
  high50: row.high50,
  low90: row.low90,
  high90: row.high90,
  p_at_least_one: row.atLeastOne,
})

const steps = 4

const readInputs = async (options: Options, asOfDay: number, show: (done: number) => void) => {
  const { flows, inflows } = await readFlowFiles(options.flows, options.destination ?? null, asOfDay)
  show(1)
  const cases = await readCaseFiles(options.cases)
  show(2)
  const declared = options.declared === undefined ? [] : await readDeclaredFile(options.declared)
  const people = options.populations === undefined ? new Map() : await readPopulationFile(options.populations)
  return { flows, inflows, cases, declared, populationOf: populationOf(people), regionOf }
}

const run = async (options: Options): Promise<void> => {
  const asOfDay = dayNumber(options.asOf)
  const bar = createProgressBar({ en: 'Origins', zh: '来源地' }, steps)
  try {
    const data = await readInputs(options, asOfDay, bar.show)
    const { destination } = options
    if (destination !== undefined && !data.flows.some((flow) => flow.destination === destination))
      throw new CommandFailure(
        `no flow to ${destination} is known by ${options.asOf} · 截至该日没有到达 ${destination} 的流量`,
        exitCodes.badInput,
      )
    const rows = await withBadInput(options.flows.join(', '), () => {
      const settings = {
        ...defaultRiskSettings,
        peoplePerUnit: options.peoplePerUnit,
        transitShare: options.transitShare,
      }
      const risk = originRisk(data, asOfDay, options.horizon, settings)
      bar.show(3)
      return predictRisk(risk, {
        by: options.by,
        firstDay: options.from === undefined ? asOfDay + 1 : dayNumber(options.from),
        lastDay: options.to === undefined ? asOfDay + options.horizon : dayNumber(options.to),
        cumulated: options.summary === true,
        destinations: destination === undefined ? null : [destination],
      })
    })
    bar.show(steps)
    rows.sort((a, b) => a.day - b.day)
    await writeRows(options.format, ['date', ...places[options.by], ...figures], rows.map(outputOf))
  } finally {
    bar.end()
  }
}

const help = `
Files (CSV, plain or gzip; several may follow one option):
  --flows     date,origin_code,destination_code,flow_index         without destination_code give --destination
              iso_week_2020,days,origin_code,destination_code,mean_daily_flow_index
              date,code,index_in                                   everybody who came, for those who pass through
  --cases     date,confirmed_cum and city_code, province_code or iso2
  --declared  date,origin_code,declared_code,count                 also domicile_code, destination_code
Rows are of the days after --as-of on which cases are confirmed, day by day; with --summary one row for all of them, dated
by the last. --from may lie before --as-of: those days are fitted, not forecast. Nothing dated after --as-of is used; a
week counts from its Sunday on. Expected cases count those that arrivals infect as well. --by destination has the column
destination_code in place of origin_code, --by pair has both.
`

export const originRiskCommand = (models: Command): void => {
  withFormat(
    models
      .command('origin-risk')
      .description('confirmed cases that arrivals bring: expected, intervals and P(at least one) by origin')
      .requiredOption('--flows <file...>', 'people or index points by origin, destination and day or week')
      .requiredOption('--cases <file...>', 'cumulated confirmed cases by place and day of publication')
      .requiredOption('--as-of <date>', 'the last day known', civilDate)
      .option('--destination <code>', 'rows for arrivals in this place', placeCode)
      .option('--declared <file>', 'counts of arrivals by declared history and domicile')
      .option('--populations <file>', 'code,population; the usual size is taken where none is given')
      .addOption(
        new Option('--by <what>', 'one row for each')
          .choices(['origin', 'destination', 'pair'])
          .default('origin'),
      )
      .option('--summary', 'one row for all days')
      .option('--horizon <days>', 'days to look ahead', horizonDays, 14)
      .option('--from <date>', 'first day of the rows', civilDate)
      .option('--to <date>', 'last day of the rows', civilDate)
      .option(
        '--people-per-unit <number>',
        'people in one unit of the flows',
        decimal(1e-9, 1e9),
        peoplePerIndexPoint,
      )
      .option(
        '--transit-share <share>',
        'of those who reach a place and go on within three days',
        decimal(0, 1),
        defaultRiskSettings.transitShare,
      )
      .addHelpText('after', help),
  ).action(run)
}
