import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type AllocationPolicy,
  allocationPolicies,
  defaultPolicy,
} from '@guankou/models/allocation/policy.ts'
import { originMetricCovariates, prevalenceDefaults } from '@guankou/models/allocation/prevalence-model.ts'
import { benchmarksOf, truePrevalence } from '@guankou/models/allocation/replay/benchmarks.ts'
import type { ReplayData, ReplayPart } from '@guankou/models/allocation/replay/replay-data.ts'
import { runReplay } from '@guankou/models/allocation/replay/run-replay.ts'
import { meanOverRuns, shareOfGain } from '@guankou/models/allocation/replay/share-of-gain.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { wholeNumber } from '#src/cli/options.ts'
import { decimal } from './options.ts'
import { createProgressBar } from './progress-bar.ts'
import { readReplayData } from './read-replay-data.ts'
import { withBadInput } from './with-bad-input.ts'
import { writeObject } from './write-rows.ts'

type Options = {
  readonly data: string
  readonly seed: number
  readonly seeds: number
  readonly policy: AllocationPolicy
  readonly epochs?: readonly [from: number, to: number]
  readonly entries?: readonly string[]
  /** A file, or false for none, or true for the one beside the data. */
  readonly metrics: string | boolean
  readonly warmUp: boolean
  readonly floor: number
  readonly delayEpochs: number
}

const metricsBeside = 'epi_metrics_by_origin_daily.csv'

const epochRange = (text: string): readonly [number, number] => {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (from === '' || Number(from) > Number(to)) throw new InvalidArgumentError('give epochs as 1-29')
  return [Number(from), Number(to)]
}

const nameList = (text: string): readonly string[] => {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('give entries as Entry_1,Entry_17')
  return names
}

const metricsFileOf = ({ data, metrics }: Options): string | null => {
  if (metrics === false) return null
  if (typeof metrics === 'string') return metrics
  const beside = join(dirname(data), metricsBeside)
  if (!existsSync(beside)) return null
  process.stderr.write(`  with published figures of origins · 使用来源地公开疫情数据：${beside}\n`)
  return beside
}

const refuse = (message: string): CommandFailure => new CommandFailure(message, exitCodes.badInput)

const partOf = (data: ReplayData, { epochs, entries }: Options): ReplayPart => {
  const inRange = data.epochs.flatMap((epoch, place) =>
    epochs === undefined || (epoch >= epochs[0] && epoch <= epochs[1]) ? [place] : [],
  )
  const [from] = inRange
  const to = inRange.at(-1)
  if (from === undefined || to === undefined)
    throw refuse(
      `the data holds epochs ${data.epochs[0]}-${data.epochs.at(-1)}, none of those asked for · 数据中没有所选时段`,
    )
  const places = new Map(data.posts.map((post, place) => [post, place]))
  const posts = (entries ?? data.posts).map((entry) => {
    const place = places.get(entry)
    if (place === undefined) throw refuse(`the data holds no entry ${entry} · 数据中没有该入境口：${entry}`)
    return place
  })
  return { from, to, posts: [...new Set(posts)] }
}

const replay = async (options: Options): Promise<void> => {
  const metricsFile = metricsFileOf(options)
  const data = await readReplayData(options.data, metricsFile)
  const part = partOf(data, options)
  const bar = createProgressBar({ en: 'replays', zh: '重放次数' }, options.seeds)
  const truth = truePrevalence(data)
  const model = { ...prevalenceDefaults, covariates: metricsFile === null ? [] : originMetricCovariates }
  const { policy, warmUp, floor: explorationFloor, delayEpochs } = options
  await withBadInput(options.data, () => {
    const benchmarks = benchmarksOf(data, part, truth)
    const found = Array.from({ length: options.seeds }, (_, run) => {
      const seed = options.seed + run
      const replayed = { data, part, truth, policy, model, seed, warmUp, explorationFloor, delayEpochs }
      const positives = runReplay(replayed)
      bar.show(run + 1)
      return positives
    })
    bar.end()
    return writeObject({
      policy,
      seeds: options.seeds,
      epochs: part.to - part.from + 1,
      expectedPositives: { policy: meanOverRuns(found).mean, ...benchmarks },
      shareOfOracleGain: meanOverRuns(found.map((positives) => shareOfGain(positives, benchmarks))),
    })
  })
}

export const allocateReplayCommand = (models: Command): void => {
  models
    .command('allocate-replay')
    .description('replay a way to give tests on real arrivals and budgets; prints one JSON object')
    .requiredOption('--data <file>', 'CSV with the columns of eva_public_by_epoch_port_origin.csv')
    .option('--seed <number>', 'first seed', wholeNumber(0, 2_147_483_647), 1)
    .option('--seeds <number>', 'number of runs, each with the next seed', wholeNumber(1, 10_000), 30)
    .addOption(
      new Option('--policy <policy>', 'how tests are given')
        .choices(allocationPolicies)
        .default(defaultPolicy),
    )
    .option('--epochs <range>', 'epochs that are replayed, such as 10-29 (default: all)', epochRange)
    .option('--entries <list>', 'entries that are replayed, with commas (default: all)', nameList)
    .option('--metrics <file>', `published figures of origins (default: ${metricsBeside} beside the data)`)
    .option('--no-metrics', 'use no published figures')
    .option('--no-warm-up', 'know no real results from before the first epoch')
    .option('--floor <share>', 'share of each budget that is given by lot', decimal(0, 1), 0)
    .option('--delay-epochs <number>', 'epochs until a result is known', wholeNumber(1, 100), 1)
    .action(replay)
}
