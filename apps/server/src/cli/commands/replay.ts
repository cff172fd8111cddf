import { migrate } from '@guankou/db/migrate.ts'
import { type Flows, flowColumns, parseFlows } from '@guankou/simulator/inputs/flows.ts'
import {
  type DayShape,
  type Direction,
  directions,
  parseProfile,
  profileColumns,
} from '@guankou/simulator/inputs/profile.ts'
import { describeComparison } from '@guankou/simulator/replay/replay-report.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import {
  civilDay,
  defaultPort,
  type InstallationOptions,
  wholeNumber,
  withInstallation,
} from '#src/cli/options.ts'
import { createCounter, say } from '#src/cli/progress.ts'
import { readCsv } from '#src/cli/read-csv.ts'
import { untilToldToStop } from '#src/cli/until-told-to-stop.ts'
import { loadDemoCity } from '#src/demo/load-demo-city.ts'
import { type ReplayOutcome, replayDay } from '#src/replay/replay-day.ts'
import { createContext } from '#src/start-server.ts'

type Options = InstallationOptions & {
  readonly flows: string
  readonly profile: string
  readonly date: string
  readonly speed: number
  readonly seed: number
  readonly vehicles?: number
  readonly direction?: Direction
  readonly json: boolean
}

const parseSpeed = (text: string): number => {
  if (text === 'max') return Number.POSITIVE_INFINITY
  const speed = Number(text)
  if (!(speed > 0)) throw new InvalidArgumentError('give a positive number, or max')
  return speed
}

const report = (options: Options, { traffic, comparison }: ReplayOutcome): void => {
  const { recorded, duplicates } = traffic
  const refused = Object.fromEntries(traffic.refused)
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ date: options.date, recorded, duplicates, refused, comparison })}\n`,
    )
  } else {
    say({
      en: `${recorded} screenings recorded, ${duplicates} were there already, refused: ${JSON.stringify(refused)}`,
      zh: `新增 ${recorded} 条，已有 ${duplicates} 条`,
    })
    if (comparison !== null) for (const line of describeComparison(comparison)) say(line)
  }
  process.exitCode =
    comparison?.isConsistent === true && traffic.refused.size === 0 ? exitCodes.done : exitCodes.differs
}

type Inputs = { readonly flows: Flows; readonly profile: DayShape }

const readInputs = async ({ flows, profile, date, direction }: Options): Promise<Inputs> => ({
  flows: await readCsv(flows, flowColumns, (rows) => parseFlows(rows, date)),
  profile: await readCsv(profile, profileColumns, (rows) =>
    parseProfile(rows, direction === undefined ? directions : [direction]),
  ),
})

const replayInto = async (
  installation: Installation,
  options: Options,
  { flows, profile }: Inputs,
): Promise<void> => {
  await migrate(installation.db.pool)
  await loadDemoCity(installation.db, Date.now())
  const context = await createContext(installation)
  const stop = new AbortController()
  void untilToldToStop().then(() => stop.abort())
  const counter = createCounter({ en: 'Screenings', zh: '查验记录' })
  if (!options.json)
    say({
      en: `Replaying ${options.date}: ${flows.shares.length} origins, day shape of ${profile.daysUsed.length} days. Watch it at http://localhost:${defaultPort}/console/situation?day=${options.date}`,
      zh: '开始回放，可在态势页选择该日期观看',
    })
  try {
    const outcome = await replayDay(
      context,
      {
        date: options.date,
        shares: flows.shares,
        slotShares: profile.slotShares,
        dailyVehicles: options.vehicles,
        seed: options.seed,
        speed: options.speed,
      },
      stop.signal,
      (done) => counter.show(done, performance.now()),
    )
    counter.end()
    report(options, outcome)
  } finally {
    await context.close()
  }
}

const replay = async (options: Options): Promise<void> => {
  // Before the database, which may have to be made first: a bad file should cost nothing.
  const inputs = await readInputs(options)
  const installation = await openInstallation(options, { beside: true })
  try {
    await replayInto(installation, options, inputs)
  } catch (error) {
    if (error instanceof RangeError)
      throw new CommandFailure(error.message, exitCodes.badInput, { cause: error })
    throw error
  } finally {
    await installation.close()
  }
}

export const replayCommand = (program: Command): void => {
  withInstallation(program.command('replay'))
    .description('drive the posts of the demo city from files: origins of a day, and the shape of a day')
    .requiredOption('--flows <file>', `CSV with ${flowColumns.join(', ')}`)
    .requiredOption('--profile <file>', `CSV with ${profileColumns.join(', ')}, windows of 20 minutes`)
    .requiredOption('--date <day>', 'day of the flows, and of the records; ISO 8601', civilDay)
    .option('--speed <factor>', 'how many times faster than the day itself, or max', parseSpeed, 60)
    .option('--seed <number>', 'the same seed draws the same arrivals', wholeNumber(0, 2_147_483_647), 1)
    .option('--vehicles <number>', 'vehicles of the day at all posts', wholeNumber(1, 2_000_000))
    .addOption(
      new Option('--direction <direction>', 'windows to use, both if left out').choices([...directions]),
    )
    .option('--json', 'the report as one JSON object', false)
    .action(replay)
}
