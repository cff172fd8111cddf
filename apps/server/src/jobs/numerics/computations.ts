import { calibrateCity, foldCity } from '#src/jobs/monitoring/fold-city.ts'
import { forecastCity } from '#src/jobs/monitoring/forecast-city.ts'
import { originFigures } from '#src/jobs/origin/figures.ts'
import { allocateTesting } from '#src/jobs/testing/allocate.ts'
import { testingEvidence } from '#src/jobs/testing/evidence.ts'
import { learnDay } from '#src/jobs/testing/learn.ts'

/**
 * What the numerics thread can be asked for, by name. Each is pure: a value that can be cloned goes in, one comes out.
 * A vertical adds a line; its function lives in `packages/models`, or in `jobs/<vertical>/` where it only puts calls of
 * those together.
 */
export const computations = {
  'monitoring.fold': foldCity,
  'monitoring.forecast': forecastCity,
  'monitoring.calibrate': calibrateCity,
  'origin.figures': originFigures,
  'testing.learn': learnDay,
  'testing.allocate': allocateTesting,
  'testing.evidence': testingEvidence,
} as const satisfies Readonly<Record<string, (input: never) => unknown>>

export type Computations = typeof computations
export type ComputationName = keyof Computations
