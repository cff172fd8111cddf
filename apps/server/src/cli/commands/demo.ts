import { migrate } from '@guankou/db/migrate.ts'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { listen } from '#src/cli/listen.ts'
import {
  type InstallationOptions,
  type NetworkOptions,
  withInstallation,
  withNetwork,
} from '#src/cli/options.ts'
import { createCounter, say } from '#src/cli/progress.ts'
import { makeLink, requireAccount } from '#src/cli/sign-in-links.ts'
import { untilToldToStop } from '#src/cli/until-told-to-stop.ts'
import { runDemoHandovers } from '#src/demo/demo-handovers.ts'
import { demoTeamLogin, loadDemoHouseholds } from '#src/demo/demo-households.ts'
import { bringDemoLists } from '#src/demo/demo-lists.ts'
import { runDemoPosts } from '#src/demo/demo-posts.ts'
import { orderDemoQuarantine } from '#src/demo/demo-quarantine.ts'
import { runDemoTesting } from '#src/demo/demo-testing.ts'
import { createDemoTraffic } from '#src/demo/demo-traffic.ts'
import { type LoadedCity, loadDemoCity, OtherCityError } from '#src/demo/load-demo-city.ts'
import { type HistoryOptions, recordHistory } from '#src/demo/record-history.ts'
import type { RunningServer } from '#src/start-server.ts'

type Options = InstallationOptions & NetworkOptions & { readonly traffic: boolean }

const load = async ({ db }: Installation): Promise<LoadedCity> => {
  try {
    return await loadDemoCity(db, Date.now())
  } catch (error) {
    if (!(error instanceof OtherCityError)) throw error
    throw new CommandFailure(
      `${error.message}; the demo city does not mix with it. Start “guankou serve”, or choose another --data-folder. · 此处已装有其他城市，请用 guankou serve，或换一个数据目录。`,
      exitCodes.badInput,
      { cause: error },
    )
  }
}

const fill = async (
  installation: Installation,
  options: Pick<HistoryOptions, 'startMs' | 'signal'>,
): Promise<void> => {
  const counter = createCounter({ en: 'Screenings', zh: '查验记录' })
  const onRecorded = (done: number): void => counter.show(done, performance.now())
  const result = await recordHistory(installation, { ...options, onRecorded })
    .catch((error: unknown) => {
      // The city goes on without a past.
      installation.log.error({ err: error }, 'the past was not recorded')
      return undefined
    })
    .finally(counter.end)
  if (result === undefined) return
  if (result.recorded > 0)
    say({ en: `${result.recorded} screenings up to now`, zh: `已补记 ${result.recorded} 条查验记录` })
  if (result.refused.size > 0)
    say({ en: `Refused: ${JSON.stringify([...result.refused])}`, zh: '有记录被拒绝' })
}

const printAddresses = async (installation: Installation, server: RunningServer): Promise<void> => {
  const origin = `http://localhost:${server.port}`
  const who = [
    { role: 'commander', label: 'Command centre · 指挥中心' },
    { role: 'inspector', label: 'Checkpoint app · 卡口查验' },
    { login: demoTeamLogin(1, 'street'), label: 'Community round, team 1 · 社区走访一组' },
    { login: demoTeamLogin(2, 'street'), label: 'Community round, team 2 · 社区走访二组' },
    { role: 'data-protection-officer', label: 'Data protection · 数据保护' },
  ] as const
  process.stdout.write('\n')
  for (const { label, ...named } of who) {
    const link = await makeLink(installation.db, await requireAccount(installation.db, named), origin)
    process.stdout.write(`  ${label}\n    ${link.url}\n`)
  }
  process.stdout.write(`  Public · 公众\n    ${origin}/portal/\n`)
  process.stdout.write(`  API · 接口\n    ${origin}/api/docs\n\n`)
  process.stdout.write(
    '  Each sign-in link works once, for 24 hours; more: npx guankou sign-in-link --role commander\n',
  )
  process.stdout.write(
    '  每个登录链接 24 小时内可用一次；更多链接：npx guankou sign-in-link --role inspector\n',
  )
  process.stdout.write('  Ctrl-C stops everything · 按 Ctrl-C 停止\n')
}

/** What goes on in the city beside arrivals, until the signal; what fails leaves the rest alone. */
const liveOn = async (
  { log }: Installation,
  { context }: RunningServer,
  signal: AbortSignal,
): Promise<void> => {
  const lives = [
    { live: runDemoTesting, ended: 'the demo tests nobody any more' },
    { live: runDemoPosts, ended: 'nobody comes on duty in the demo any more' },
    { live: bringDemoLists, ended: 'the demo has no list to call' },
    { live: orderDemoQuarantine, ended: 'nobody is in quarantine in the demo' },
    { live: runDemoHandovers, ended: 'nobody is handed over in the demo any more' },
  ]
  await Promise.all(
    lives.map(({ live, ended }) =>
      live(context, signal).catch((error: unknown) => log.error({ err: error }, ended)),
    ),
  )
}

const run = async (installation: Installation, options: Options, told: Promise<void>): Promise<void> => {
  say({ en: 'Bringing the database up to date', zh: '更新数据库结构' })
  await migrate(installation.db.pool)
  say({ en: 'Loading the demo city', zh: '载入演示城市' })
  const { isNew, demo } = await load(installation)
  say({ en: 'Starting the server', zh: '启动服务' })
  const server = await listen(installation, options)
  const stop = new AbortController()
  void told.then(() => stop.abort())
  const span = { signal: stop.signal, startMs: Date.now() }
  const traffic = await createDemoTraffic(server.context, demo, span)
  if (isNew && options.traffic) {
    say({ en: 'Recording yesterday and today', zh: '生成昨天和今天的查验记录' })
    await fill(installation, span)
  }
  await loadDemoHouseholds(server.context).catch((error: unknown) =>
    installation.log.error({ err: error }, 'the demo has no households'),
  )
  if (!stop.signal.aborted) await printAddresses(installation, server)
  const going = options.traffic
    ? (isNew ? Promise.resolve() : fill(installation, span))
        .then(() => traffic.goOn())
        .catch((error: unknown) => installation.log.error({ err: error }, 'the demo draws no more arrivals'))
    : Promise.resolve()
  const beside = options.traffic ? liveOn(installation, server, stop.signal) : Promise.resolve()
  await told
  say({ en: 'Stopping', zh: '正在停止' })
  await going
  await beside
  await server.close()
}

const demo = async (options: Options): Promise<void> => {
  const told = untilToldToStop()
  say({ en: 'Starting PostgreSQL', zh: '启动数据库' })
  const installation = await openInstallation(options, { beside: false })
  try {
    await run(installation, options, told)
  } finally {
    await installation.close()
  }
  say({ en: 'Stopped', zh: '已停止' })
}

export const demoCommand = (program: Command): void => {
  withNetwork(withInstallation(program.command('demo')))
    .description('run the server with the demo city, Zhuhai in early 2020, and live synthetic traffic')
    .option('--no-traffic', 'load the city, but draw no arrivals')
    .action(demo)
}
