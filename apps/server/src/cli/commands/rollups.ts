import { readDaysWithoutFacts } from '@guankou/db/queries/retention/days.ts'
import {
  findRollupDifferences,
  type RollupDifference,
  readCountedDays,
} from '@guankou/db/queries/situation/verify-rollups.ts'
import type { Command } from 'commander'
import { exitCodes } from '#src/cli/exit-codes.ts'
import { openInstallation } from '#src/cli/installation.ts'
import { civilDay, type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'

type Options = InstallationOptions & { readonly day?: string; readonly json: boolean }

type Verified = {
  readonly days: readonly string[]
  /** Jurisdictions and days whose facts retention has deleted: their counts stand and cannot be recounted. */
  readonly withoutFacts: number
  readonly differences: readonly RollupDifference[]
}

const report = ({ days, withoutFacts, differences }: Verified, json: boolean): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify({ days: days.length, withoutFacts, differences })}\n`)
    return
  }
  for (const { rollup, day, jurisdiction, key, kept, recounted } of differences)
    process.stdout.write(
      `${day} ${rollup} ${jurisdiction} ${key}: kept ${kept ?? 'nothing'}, recounted ${recounted ?? 'nothing'}\n`,
    )
  if (withoutFacts > 0)
    say({
      en: `${withoutFacts} days of a jurisdiction have no facts left to recount; their counts stand`,
      zh: '部分日期的事实已按保留期删除，汇总保留',
    })
  say(
    differences.length === 0
      ? { en: `${days.length} days recounted, no difference`, zh: '逐日重算，与汇总一致' }
      : { en: `${days.length} days recounted, ${differences.length} differences`, zh: '汇总与事实不一致' },
  )
}

const verify = async (options: Options): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const days = options.day === undefined ? await readCountedDays(installation.db.query) : [options.day]
    const differences: RollupDifference[] = []
    for (const day of days) differences.push(...(await findRollupDifferences(installation.db.query, day)))
    const gone = (await readDaysWithoutFacts(installation.db.query)).filter(({ day }) => days.includes(day))
    report({ days, withoutFacts: gone.length, differences }, options.json)
    process.exitCode = differences.length === 0 ? exitCodes.done : exitCodes.differs
  } finally {
    await installation.close()
  }
}

export const rollupsCommand = (program: Command): void => {
  const rollups = program.command('rollups').description('look after the roll-ups')
  withInstallation(rollups.command('verify'))
    .description('recount every day from the facts and compare with what is kept')
    .option('--day <day>', 'one day alone, ISO 8601', civilDay)
    .option('--json', 'one JSON object instead of lines', false)
    .action(verify)
}
