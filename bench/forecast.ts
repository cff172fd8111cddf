import { measureAfterClosure } from './forecast/after-closure.ts'
import { isFlowDataPresent } from './forecast/flow-data.ts'
import { allPeriods, type Period } from './forecast/periods.ts'
import { type Comparison, compareRolling } from './forecast/rolling.ts'
import type { Scores } from './forecast/scores.ts'

/**
 * Forecasts against baselines, rolling origins, on real flows of toll-gates, airports and a border. The last line is one JSON
 * object; the table before it goes to standard error.
 */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const rounded = (scores: Scores): Scores =>
  Object.fromEntries(
    Object.entries(scores).map(([name, value]) => [name, Number(value.toFixed(4))]),
  ) as Scores

const resultOf = ({ dataset, period, measure, isTuning }: Period, { model, baselines }: Comparison) => {
  const [best, score] = Object.entries(baselines).reduce(
    (least, [name, each]) => (each[measure] < least[1] ? [name, each[measure]] : least),
    ['', Number.POSITIVE_INFINITY] as readonly [string, number],
  )
  const wape = Math.min(...Object.values(baselines).map((each) => each.wape))
  const pinball50 = Math.min(...Object.values(baselines).map((each) => each.pinball50))
  const pinball90 = Math.min(...Object.values(baselines).map((each) => each.pinball90))
  return {
    dataset,
    period,
    measure,
    settingsChosenHere: isTuning,
    model: rounded(model),
    baselines: Object.fromEntries(Object.entries(baselines).map(([name, each]) => [name, rounded(each)])),
    bestBaseline: best,
    ratioToBestBaseline: Number((model[measure] / score).toFixed(4)),
    ratios: {
      wape: Number((model.wape / wape).toFixed(4)),
      pinball50: Number((model.pinball50 / pinball50).toFixed(4)),
      pinball90: Number((model.pinball90 / pinball90).toFixed(4)),
    },
  }
}

const results: ReturnType<typeof resultOf>[] = []
if (isFlowDataPresent())
  for (const period of await allPeriods()) {
    const result = resultOf(period, compareRolling(period.rolling))
    results.push(result)
    const { dataset, measure, model, baselines, bestBaseline, ratioToBestBaseline } = result
    say(
      `${dataset}, ${period.period}${period.isTuning ? ' (settings chosen here)' : ''}: ${measure} ${model[measure]} ` +
        `against ${baselines[bestBaseline]?.[measure]} of ${bestBaseline}, ratio ${ratioToBestBaseline}, ` +
        `coverage ${model.coverage90}`,
    )
  }
else say('reference data not present, forecasts not compared')
const afterClosure = isFlowDataPresent() ? await measureAfterClosure() : null
console.log(
  JSON.stringify({
    bench: 'forecast',
    isReferencePresent: isFlowDataPresent(),
    results,
    afterClosure,
  }),
)
