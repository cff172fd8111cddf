import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectFarringtonFlexible } from '@guankou/models/surveillance/farrington-flexible.ts'
import { drawWeeklySeries } from './weekly-series.ts'

const seriesCount = 400
const years = 10
const rounds = 3
/** R takes minutes for all; it gets these, and its time is scaled. */
const seriesForR = 4

const options = {
  b: 5,
  w: 3,
  noPeriods: 10,
  pastWeeksNotIncluded: 26,
  pThresholdTrend: 1,
  weightsThreshold: 2.58,
  thresholdMethod: 'nbPlugin',
} as const

const calendar = { kind: 'numbered', pointsPerYear: 52 } as const

const secondsFor = (
  series: readonly (readonly number[])[],
): { readonly seconds: number; readonly judged: number } => {
  const start = performance.now()
  let judged = 0
  for (const counts of series)
    for (const point of detectFarringtonFlexible({ counts, calendar }, options))
      if (point.mean !== null) judged++
  return { seconds: (performance.now() - start) / 1000, judged }
}

const script = `
suppressMessages(library(surveillance))
counts <- as.matrix(read.csv(commandArgs(TRUE)[1], header = FALSE))
series <- sts(counts, start = c(2001, 1), frequency = 52)
control <- list(b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1,
  weightsThreshold = 2.58, thresholdMethod = "nbPlugin", glmWarnings = FALSE)
cat(system.time(farringtonFlexible(series, control))[["elapsed"]])
`

/** Seconds of R for as many series, or null where R or its package is not there. */
const secondsOfR = (series: readonly (readonly number[])[]): number | null => {
  const folder = mkdtempSync(join(tmpdir(), 'guankou-bench-r-'))
  try {
    const some = series.slice(0, seriesForR)
    const lines = (some[0] ?? []).map((_, t) => some.map((counts) => counts[t]).join(','))
    writeFileSync(join(folder, 'counts.csv'), `${lines.join('\n')}\n`)
    writeFileSync(join(folder, 'time.R'), script)
    const { status, stdout } = spawnSync('Rscript', [join(folder, 'time.R'), join(folder, 'counts.csv')], {
      encoding: 'utf8',
    })
    const seconds = Number(stdout)
    return status === 0 && seconds > 0 ? (seconds * series.length) / some.length : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Farrington flexible over 400 weekly series of ten years, each week judged that has five years behind it. */
export const measureFarrington = (say: (text: string) => void) => {
  const series = drawWeeklySeries(seriesCount, years, 1)
  secondsFor(series.slice(0, 20))
  const runs = Array.from({ length: rounds }, () => secondsFor(series))
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
  say(`Farrington flexible: ${runs.map((run) => run.seconds.toFixed(2)).join(', ')} s`)
  const secondsR = secondsOfR(series)
  if (secondsR === null) say('R with its package surveillance is not here to be measured')
  return {
    farringtonSeconds: Number(seconds.toFixed(3)),
    farringtonSeries: seriesCount,
    farringtonPoints: runs[0]?.judged ?? 0,
    farringtonSecondsR: secondsR === null ? null : Number(secondsR.toFixed(1)),
    farringtonTimesFasterThanR: secondsR === null ? null : Number((secondsR / seconds).toFixed(1)),
  }
}
