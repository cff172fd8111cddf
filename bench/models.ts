import { measureFarrington } from './models/farrington-weekly.ts'
import { measureForecastRefit } from './models/forecast-refit.ts'
import { measureTestAllocation } from './models/test-allocation.ts'

/** Seconds that the models take: one file in `models/` for each measurement. */
const measurements: readonly ((say: (text: string) => void) => object | Promise<object>)[] = [
  measureFarrington,
  measureForecastRefit,
  measureTestAllocation,
]

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const result: Record<string, unknown> = { bench: 'models' }
for (const measure of measurements) Object.assign(result, await measure(say))
console.log(JSON.stringify(result))
