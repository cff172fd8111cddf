import {
  continueForecast,
  type FlowSeries,
  fitForecast,
  forecastWindows,
} from '@guankou/models/forecast/forecast-posts.ts'
import { seededUniform } from '@guankou/models/numerics/seeded-uniform.ts'
import { countAt } from '@guankou/models/surveillance/draw-count.ts'

const [posts, weeks, horizonHours, rounds] = [43, 8, 48, 5]
const hours = weeks * 7 * 24

/** Made-up hours of a post: two peaks, quieter weekends, a third of the flow in the last week. */
const drawPost = (post: number): FlowSeries => {
  const uniform = seededUniform(43, post)
  const size = 20 + 600 * uniform()
  const values = Array.from({ length: hours + 1 }, (_, hour) => {
    const slot = hour % 24
    const peaks = Math.exp(-((slot - 9) ** 2) / 10) + Math.exp(-((slot - 18) ** 2) / 10)
    const weekend = Math.floor(hour / 24) % 7 > 4 ? 0.7 : 1
    const level = hour > hours - 7 * 24 ? 0.33 : 1
    return countAt(uniform(), size * weekend * level * (0.05 + peaks), 0.03)
  })
  return { name: `post ${post}`, unit: 'counts', firstWindow: 18_000 * 24, values }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const secondsOf = (work: () => unknown): number => {
  const startMs = performance.now()
  work()
  return (performance.now() - startMs) / 1_000
}

/**
 * Seconds to learn eight weeks of hours of 43 posts from nothing and forecast two days; beside it the hourly step of a state
 * that is kept, over a midnight, when profiles are fitted.
 */
export const measureForecastRefit = (say: (text: string) => void) => {
  const series = Array.from({ length: posts }, (_, post) => drawPost(post))
  const asOf = 18_000 * 24 + hours
  const fromNothing = () => fitForecast({ windowMinutes: 60, series, asOf })
  const more = series.map((one) => ({ ...one, firstWindow: asOf, values: one.values.slice(hours) }))
  const state = fromNothing()
  forecastWindows(state, horizonHours)
  const refit = Array.from({ length: rounds }, () =>
    secondsOf(() => forecastWindows(fromNothing(), horizonHours)),
  )
  const step = Array.from({ length: rounds }, () =>
    secondsOf(() => forecastWindows(continueForecast(state, { series: more, asOf: asOf + 1 }), horizonHours)),
  )
  say(
    `forecast, ${posts} posts × ${weeks} weeks of hours, ${horizonHours} ahead: ${median(refit).toFixed(2)} s from nothing, ` +
      `${median(step).toFixed(3)} s for one more hour`,
  )
  return {
    forecastRefitSeconds: Number(median(refit).toFixed(3)),
    forecastRefitPosts: posts,
    forecastStepSeconds: Number(median(step).toFixed(4)),
  }
}
