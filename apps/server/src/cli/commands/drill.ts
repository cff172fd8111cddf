import { openDatabase } from '@guankou/db/database.ts'
import { drillUrl, dropDrillSchema, hasDrillSchema } from '@guankou/db/drill-schema.ts'
import { readRunning } from '@guankou/db/embedded/read-running.ts'
import { readDrillClock } from '@guankou/db/queries/drill/drill-clock.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { openInstallation } from '#src/cli/installation.ts'
import {
  defaultPort,
  edgeOf,
  type InstallationOptions,
  type NetworkOptions,
  wholeNumber,
  withInstallation,
  withNetwork,
} from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { makeLink, requireAccount } from '#src/cli/sign-in-links.ts'
import { untilToldToStop } from '#src/cli/until-told-to-stop.ts'
import { createDemoTraffic } from '#src/demo/demo-traffic.ts'
import { announceDrill, readRunningDrill, removeDrillFolder } from '#src/drill/drill-place.ts'
import { type RunningDrillServer, runDrill } from '#src/drill/run-drill.ts'

const drillPort = defaultPort + 1

type StartOptions = InstallationOptions &
  NetworkOptions & {
    readonly clock: number
    readonly speed: number
    readonly traffic: boolean
  }

const instant = (text: string): number => {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('give an instant with its offset, as 2020-02-10T08:00+08:00')
  return ms
}

const refuseWhileRunning = async (dataFolder: string): Promise<void> => {
  const running = await readRunningDrill(dataFolder)
  if (running === undefined) return
  throw new CommandFailure(
    `A drill runs already, process ${running.pid} on port ${running.port}; stop it with “guankou drill stop”. · 演练已在运行，请先执行 guankou drill stop。`,
    exitCodes.environment,
  )
}

const printAddresses = async ({ server, now }: RunningDrillServer): Promise<void> => {
  const { db } = server.context
  const origin = `http://localhost:${server.port}`
  process.stdout.write(`\n  演练 DRILL · ${new Date(now()).toISOString()}\n`)
  for (const role of ['commander', 'inspector'] as const) {
    const account = await requireAccount(db, { role })
    const { url } = await makeLink(db, account, origin, undefined, now())
    process.stdout.write(`  ${role}\n    ${url}\n`)
  }
  process.stdout.write(`  portal\n    ${origin}/portal/\n`)
  process.stdout.write(
    '  Ctrl-C stops the drill; its clock stands until it is started again · 按 Ctrl-C 结束演练\n',
  )
}

const keepBusy = async (drill: RunningDrillServer, signal: AbortSignal): Promise<void> => {
  const { server, city, clock, now } = drill
  const span = { signal, startMs: now(), speed: clock.speed }
  const traffic = await createDemoTraffic(server.context, city.demo, span)
  say({ en: 'Recording what happened before', zh: '生成此前的查验记录' })
  await traffic.catchUp(() => undefined)
  await traffic.goOn()
}

const start = async (options: StartOptions): Promise<void> => {
  const told = untilToldToStop()
  await refuseWhileRunning(options.dataFolder)
  const installation = await openInstallation(options, { beside: true, drill: true })
  try {
    say({ en: 'Starting the drill', zh: '启动演练' })
    const drill = await runDrill(installation, {
      ...edgeOf(options),
      speed: options.speed,
      shownFromMs: options.clock,
    })
    const { port } = drill.server
    const quit = await announceDrill(options.dataFolder, {
      pid: process.pid,
      port,
      startedAt: new Date().toISOString(),
    })
    const stop = new AbortController()
    void told.then(() => stop.abort())
    await printAddresses(drill)
    const going = options.traffic
      ? keepBusy(drill, stop.signal).catch((error: unknown) =>
          installation.log.error({ err: error }, 'the drill draws no more arrivals'),
        )
      : Promise.resolve()
    await told
    await going
    await drill.close()
    await quit()
  } finally {
    await installation.close()
  }
  say({ en: 'The drill has stopped', zh: '演练已停止' })
}

/** Where the database is, without starting one. */
const findUrl = async (options: InstallationOptions): Promise<string | undefined> =>
  options.databaseUrl ?? (await readRunning(options.dataFolder))?.url

const status = async (options: InstallationOptions): Promise<void> => {
  const running = await readRunningDrill(options.dataFolder)
  const url = await findUrl(options)
  const isThere = url !== undefined && (await hasDrillSchema(url))
  process.stdout.write(
    running === undefined
      ? 'No drill runs. · 没有演练在运行。\n'
      : `A drill runs: process ${running.pid}, port ${running.port}, since ${running.startedAt}. · 演练正在运行。\n`,
  )
  if (!isThere) return
  const db = openDatabase({ url: drillUrl(url), maxConnections: 1 })
  const left = await readDrillClock(db.query).finally(db.close)
  if (left === undefined) return
  process.stdout.write(
    `Its clock stood at ${new Date(left.shownAtMs).toISOString()} when it was last kept, at speed ${left.speed}.\n`,
  )
}

const stop = async ({ dataFolder }: InstallationOptions): Promise<void> => {
  const running = await readRunningDrill(dataFolder)
  if (running === undefined) return say({ en: 'No drill runs', zh: '没有演练在运行' })
  process.kill(running.pid, 'SIGTERM')
  say({ en: 'The drill is told to stop', zh: '已通知演练停止' })
}

const reset = async (options: InstallationOptions): Promise<void> => {
  await refuseWhileRunning(options.dataFolder)
  const installation = await openInstallation(options, { beside: true })
  try {
    await dropDrillSchema(installation.db.url)
  } finally {
    await installation.close()
  }
  await removeDrillFolder(options.dataFolder)
  say({ en: 'The drill is gone, with its keys', zh: '演练数据与密钥已清除' })
}

/** `guankou drill`: a synthetic city beside the live one, with its own clock, schema and keys. */
export const drillCommand = (program: Command): void => {
  const drill = program
    .command('drill')
    .description('a synthetic city beside the live one, marked on every page')
  withNetwork(withInstallation(drill.command('start')))
    .description('start the drill, or go on with it, on a port of its own')
    .addOption(new Option('--city <city>', 'which city').choices(['zhuhai-2020']).default('zhuhai-2020'))
    .option('--clock <instant>', 'what its clock shows at first', instant, instant('2020-02-10T08:00+08:00'))
    .option('--speed <factor>', 'how many times faster its clock goes, 1 to 60', wholeNumber(1, 60), 1)
    .option('--no-traffic', 'draw no arrivals')
    .action((options: StartOptions, command: Command) => {
      // The port of the live city is the one place where the drill must never be.
      const port = command.getOptionValueSource('port') === 'default' ? drillPort : options.port
      return start({ ...options, port })
    })
  withInstallation(drill.command('status'))
    .description('whether a drill runs, and where its clock stands')
    .action(status)
  withInstallation(drill.command('stop')).description('stop the drill; it can go on later').action(stop)
  withInstallation(drill.command('reset')).description('remove all data and keys of the drill').action(reset)
}
