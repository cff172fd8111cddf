import { once } from 'node:events'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import { drawScreenings } from '@guankou/simulator/arrivals/draw-screenings.ts'
import { scaleVolume } from '@guankou/simulator/arrivals/scenario.ts'
import { zhuhaiScenario } from '@guankou/simulator/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { dayWindow } from '@guankou/simulator/replay/replay-scenario.ts'
import { type Command, InvalidArgumentError } from 'commander'
import { civilDay, wholeNumber } from '#src/cli/options.ts'

type Options = {
  readonly date: string
  readonly days: number
  readonly seed: number
  readonly volume: number
}

const parseFactor = (text: string): number => {
  const factor = Number(text)
  if (!(factor > 0 && factor <= 1_000)) throw new InvalidArgumentError('give a number over 0 and up to 1000')
  return factor
}

const simulate = async ({ date, days, seed, volume }: Options): Promise<void> => {
  const { city, response: responseUntil } = buildZhuhaiCity()
  const lastDay = addDays(date, days)
  const response = responseUntil(lastDay)
  const timeZone = city.jurisdictions.find((each) => each.code === city.code)?.timeZone ?? 'UTC'
  const commands = drawScreenings({
    city,
    response,
    rulesVersion: ruleSetInForce(response.ruleSets, date)?.version ?? 1,
    scenario: scaleVolume(zhuhaiScenario(city.posts), volume),
    seed,
    fromMs: dayWindow(timeZone, date).fromMs,
    untilMs: dayWindow(timeZone, lastDay).fromMs,
  })
  // A reader that has seen enough, such as head, closes the pipe: that is an end and not a failure.
  let open = true
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    open = false
  })
  for (const command of commands) {
    if (!open) return
    if (!process.stdout.write(`${JSON.stringify(command)}\n`))
      await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(
        () => undefined,
      )
  }
  if (open) await new Promise((resolve) => process.stdout.write('', resolve))
}

export const simulateCommand = (program: Command): void => {
  program
    .command('simulate')
    .description(
      'print synthetic screenings of the demo city, one JSON command a line; writes to no database',
    )
    .requiredOption('--date <day>', 'first day, ISO 8601', civilDay)
    .option('--days <number>', 'number of days', wholeNumber(1, 366), 1)
    .option('--seed <number>', 'the same seed draws the same arrivals', wholeNumber(0, 2_147_483_647), 1)
    .option('--volume <factor>', 'times the usual number of arrivals', parseFactor, 1)
    .action(simulate)
}
