import { fitForecast, forecastWindows } from '@guankou/models/forecast/forecast-posts.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { wholeNumber } from '#src/cli/options.ts'
import { type FlowFormat, flowFormats, readFlowRows } from './forecast/flow-rows.ts'
import { flowWindows, type Gaps } from './forecast/flow-series.ts'
import { type FlowTime, parseFlowTime, writeFlowTime } from './forecast/flow-time.ts'
import { type Horizon, parseHorizon, windowsOf } from './forecast/horizon.ts'
import { readEvents, readHolidays } from './forecast/read-known.ts'
import { withFormat } from './options.ts'
import { createProgressBar } from './progress-bar.ts'
import { withBadInput } from './with-bad-input.ts'
import { type Format, writeRows } from './write-rows.ts'

type Options = {
  readonly series: string
  readonly horizon: Horizon
  readonly asOf?: FlowTime
  readonly events?: string
  readonly holidays?: string
  readonly input?: FlowFormat
  readonly window?: number
  readonly gaps?: Gaps
  readonly format: Format
}

const columns = ['series', 'window_start', 'mean', 'q05', 'q50', 'q95'] as const

const timeOption = (text: string): FlowTime => {
  const time = parseFlowTime(text)
  if (time === null) throw new InvalidArgumentError('give a time such as 2020-01-18 or 2020-01-18T08:20')
  return time
}

const forecast = async (options: Options): Promise<void> => {
  const flows = await readFlowRows(options.series, options.input)
  const zone = options.asOf?.style.zone ?? ''
  if (zone !== '' && zone !== flows.style.zone)
    throw new CommandFailure(
      `--as-of is in another time zone than ${options.series} · --as-of 与文件时区不同`,
      exitCodes.badInput,
    )
  const { windowMinutes, asOf, series } = flowWindows(
    options.series,
    flows,
    options.asOf?.minutes,
    options.window,
    options.gaps,
  )
  const asOfMinutes = options.asOf?.minutes ?? asOf * windowMinutes
  const events =
    options.events === undefined ? [] : await readEvents(options.events, windowMinutes, asOfMinutes)
  const calendar = options.holidays === undefined ? [] : await readHolidays(options.holidays)
  const bar = createProgressBar({ en: 'Days', zh: '天' }, 1)
  const rows = await withBadInput(options.series, () => {
    const state = fitForecast({ windowMinutes, series, events, calendar, asOf }, (done, total) =>
      bar.show(done / total),
    )
    return forecastWindows(state, windowsOf(options.horizon, windowMinutes))
  }).finally(bar.end)
  await writeRows(
    options.format,
    columns,
    rows.map(({ series: name, window, ...prediction }) => ({
      series: name,
      window_start: writeFlowTime(window * windowMinutes, flows.style),
      ...prediction,
    })),
  )
}

const help = `
Series (CSV, plain or gzip), known by the header or told with --input:
  long  series,window_start,value                        an empty value is a window without one
  kdd   window_start,tollgate_id,direction,volume        series 1-entry and so on; windows of 20 minutes
  tsa   date,hour,airport,checkpoint,passengers          series are checkpoints; hours
  hk    date,control_point,arrive_total,departure_total  series end in arrive or departure; days
Times are those of the clock of the post. Values that are not all whole numbers are taken as amounts.
A window that is absent was not observed, which is not 0: nothing is learned from it. Only in kdd it is 0, where another
series has the window. --gaps zero makes it 0, --gaps missing leaves it open.

Events: series,kind,start,end,effect   kind closure, opening or restriction; series empty for all; end empty for none, a day
  as end counts whole; effect as a multiple of the usual flow, empty where unknown (a closure without it is 0).
  A column announced leaves an event out of forecasts made before.
Holidays: date,kind,name,ordinal   kind holiday, workday (a working day on a weekend) or ordinary (a day before a holiday);
  ordinal is the day of the holiday from 1. Effects are learned by name and ordinal, so that lunar festivals line up.
`

export const forecastCommand = (models: Command): void => {
  withFormat(
    models
      .command('forecast')
      .description('how many will come: flows per post and window, with a band that holds nine in ten')
      .requiredOption('--series <file>', 'flows of one or more posts')
      .requiredOption(
        '--horizon <length>',
        'windows ahead, such as 24, or a time such as 2h, 7d',
        parseHorizon,
      )
      .option(
        '--as-of <time>',
        'forecast from here; nothing later is used (default: after the last row)',
        timeOption,
      )
      .option('--events <file>', 'closures, openings and restrictions')
      .option('--holidays <file>', 'days that are not like their weekday')
      .addOption(new Option('--input <form>', 'form of the series').choices(flowFormats))
      .option('--window <minutes>', 'length of a window (default: detected)', wholeNumber(1, 1440))
      .addOption(new Option('--gaps <meaning>', 'what an absent window means').choices(['missing', 'zero']))
      .addHelpText('after', help),
  ).action(forecast)
}
