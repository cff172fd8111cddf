import { civilDay, dayNumber } from '@guankou/server/cli/commands/models/origin/days.ts'
import { naiveFigures } from './origin/naive-figures.ts'
import { flowSets, isReferencePresent, readReference, readReferenceCases } from './origin/reference.ts'
import { judge, type Origin } from './origin/rolling.ts'
import { meanScores } from './origin/scores.ts'
import { zhuhaiForecast } from './origin/zhuhai-forecast.ts'

/**
 * Origin risk against the line through logarithms of flow and cases: every forecast uses what was published by its day and is
 * judged by the days after it. The last line is one JSON object; the tables before it go to standard error.
 */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const firstDay = dayNumber('2020-01-24')
const lastDay = dayNumber('2020-02-19')
const horizons = [7, 14]

/** Days between forecasts: every day on the small file; the large one has to be read again for each. */
const steps = { hubei: 1, all: 4 }

const figures = (values: readonly number[]): string =>
  values.map((value) => value.toFixed(3).padStart(8)).join('')

const line = (
  asOfDay: number,
  { model, naive, naiveWithHindsight, expectedCases, seenCases }: Origin,
): string =>
  `${civilDay(asOfDay)}${figures([model.logScore, naive.logScore, naiveWithHindsight.logScore])}${figures([
    model.rankCorrelation,
    naive.rankCorrelation,
  ])}${figures([model.coverage90, naive.coverage90])}  ${Math.round(expectedCases)} / ${seenCases}`

const compare = async (set: keyof typeof flowSets, horizonDays: number) => {
  const cases = await readReferenceCases()
  const { flows: targets } = await readReference(flowSets.hubei, cases, lastDay)
  say(
    `\n${set}, ${horizonDays} days: log score model, naive, naive with hindsight; rank; coverage; expected / seen`,
  )
  const judged: Origin[] = []
  const whole = await readReference(flowSets[set], cases, lastDay)
  for (let asOfDay = firstDay; asOfDay <= lastDay; asOfDay += steps[set]) {
    const data = set === 'hubei' ? whole : await readReference(flowSets[set], cases, asOfDay)
    const origin = judge(data, targets, asOfDay, horizonDays)
    judged.push(origin)
    say(line(asOfDay, origin))
  }
  return {
    flows: set,
    horizonDays,
    forecasts: judged.length,
    places: judged[0]?.places ?? 0,
    model: meanScores(judged.map(({ model }) => model)),
    naive: meanScores(judged.map(({ naive }) => naive)),
    naiveWithHindsight: meanScores(judged.map(({ naiveWithHindsight }) => naiveWithHindsight)),
    betterDays: judged.filter(({ model, naive }) => model.logScore > naive.logScore).length,
    slowestSeconds: Number(Math.max(...judged.map(({ seconds }) => seconds)).toFixed(2)),
  }
}

const result: Record<string, unknown> = { bench: 'origin', dataPresent: isReferencePresent }
if (isReferencePresent) {
  const cases = await readReferenceCases()
  const hubei = await readReference(flowSets.hubei, cases, lastDay)
  result.naiveFigures = naiveFigures(hubei.flows, cases)
  const zhuhai: object[] = []
  for (const asOf of ['2020-01-26', '2020-02-02']) {
    const all = await readReference(flowSets.all, cases, dayNumber(asOf))
    zhuhai.push({ flows: 'hubei', ...zhuhaiForecast(hubei, asOf, 0.1) })
    for (const transitShare of [0, 0.1, 0.3])
      zhuhai.push({ flows: 'all', ...zhuhaiForecast(all, asOf, transitShare) })
  }
  result.zhuhai = zhuhai
  const comparisons: object[] = []
  for (const set of ['hubei', 'all'] as const)
    for (const horizonDays of horizons) comparisons.push(await compare(set, horizonDays))
  result.rolling = comparisons
} else say('reference data not present, origin risk not compared')
console.log(JSON.stringify(result))
