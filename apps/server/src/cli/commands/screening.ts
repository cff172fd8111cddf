import { findDecision, readTravellerDecisions } from '@guankou/db/queries/screening/read-decisions.ts'
import { readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { type Command, InvalidArgumentError } from 'commander'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type Installation, openInstallation } from '#src/cli/installation.ts'
import { civilDay, type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { createReferenceCache, type ReferenceData } from '#src/reference/reference-cache.ts'
import {
  addReplayed,
  type ReplayedDay,
  replayStored,
  replayWindow,
} from '#src/use-cases/screening/replay-decisions.ts'

type Options = InstallationOptions & { readonly day?: string; readonly json: boolean }

const nothing: ReplayedDay = { screenings: 0, travellers: 0, differing: 0, differences: [] }

const screeningId = (text: string): string => {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text))
    throw new InvalidArgumentError('give the id of a screening')
  return text
}

const replayOne = async (
  { db }: Installation,
  reference: ReferenceData,
  id: string,
): Promise<ReplayedDay> => {
  const stored = await findDecision(db.query, { id, occurredAt: new Date(uuidTimeMs(id)) })
  if (stored === undefined)
    throw new CommandFailure(
      'There is no screening with this id, or retention has deleted it. · 没有这条查验记录，或已按保留期删除。',
      exitCodes.badInput,
    )
  const travellers = await readTravellerDecisions(db.query, [stored])
  const differences = replayStored(reference, stored, travellers)
  return {
    screenings: 1,
    travellers: travellers.length,
    differing: differences.length === 0 ? 0 : 1,
    differences: differences.map((each) => ({ screeningId: id, postId: stored.postId, ...each })),
  }
}

const replayDays = async (
  { db }: Installation,
  reference: ReferenceData,
  days: readonly string[],
): Promise<ReplayedDay> => {
  let total = nothing
  for (const day of days)
    for (const { code: jurisdiction, timeZone } of reference.jurisdictions) {
      const window = { jurisdiction, day, ...instantsOfDay(timeZone, day) }
      total = addReplayed(total, await replayWindow(db.query, reference, window))
    }
  return total
}

const report = (replayed: ReplayedDay, json: boolean): void => {
  if (json) {
    process.stdout.write(`${JSON.stringify(replayed)}\n`)
    return
  }
  for (const { screeningId: id, postId, seat, part, kept, replayed: now } of replayed.differences)
    process.stdout.write(
      `${id} post ${postId} seat ${seat} ${part}: kept ${kept || 'nothing'}, replayed ${now || 'nothing'}\n`,
    )
  const { screenings, travellers, differing } = replayed
  say(
    differing === 0
      ? {
          en: `${screenings} screenings of ${travellers} people decided again, no difference`,
          zh: '按当时规则重新判定，与记录一致',
        }
      : {
          en: `${screenings} screenings of ${travellers} people decided again, ${differing} differ`,
          zh: '按当时规则重新判定，与记录不一致',
        },
  )
}

const replay = async (id: string | undefined, options: Options): Promise<void> => {
  if (id !== undefined && options.day !== undefined)
    throw new CommandFailure(
      'Give the id of a screening or a day, not both. · 请只指定查验编号或日期之一。',
      exitCodes.badInput,
    )
  const installation = await openInstallation(options, { beside: true })
  try {
    const reference = (await createReferenceCache(installation.db)).current()
    const days = options.day === undefined ? undefined : [options.day]
    const replayed =
      id === undefined
        ? await replayDays(installation, reference, days ?? (await readCountedDays(installation.db.query)))
        : await replayOne(installation, reference, id)
    report(replayed, options.json)
    process.exitCode = replayed.differing === 0 ? exitCodes.done : exitCodes.differs
  } finally {
    await installation.close()
  }
}

export const screeningCommand = (program: Command): void => {
  const screening = program.command('screening').description('look at past decisions')
  withInstallation(screening.command('replay'))
    .description('decide again by the rules of that hour: one screening, a day, or every day')
    .argument('[id]', 'id of a screening', screeningId)
    .option('--day <day>', 'every screening of one day, ISO 8601', civilDay)
    .option('--json', 'one JSON object instead of lines', false)
    .action(replay)
}
