import Type, { type Static } from 'typebox'
import { CivilDate, Instant, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

/** Models that the server runs by itself. A vertical adds its word here, in `figureUnits` and in the glossary. */
export const models = ['testing', 'origins', 'monitoring'] as const
export type ModelName = (typeof models)[number]

/** What a number of a model counts or measures. */
export const figureUnits = [
  'person',
  'person-per-finding',
  'person-per-day',
  'vehicle',
  'vehicle-per-hour',
  'test',
  'finding',
  'case',
  'share',
  'ratio',
  'probability',
  'minute',
  'minute-per-finding',
  'score',
] as const
export type FigureUnit = (typeof figureUnits)[number]

/** What every number of a model carries: which model said so, from which data, when, and in what unit. */
export const ModelStamp = Type.Object(
  {
    model: oneOf(models),
    version: Type.String(),
    runId: Type.String(),
    /** First and last local day of the facts that went in. */
    dataFrom: CivilDate,
    dataUntil: CivilDate,
    /** Facts recorded until then are in it. */
    dataAt: Instant,
    computedAt: Instant,
    unit: oneOf(figureUnits),
  },
  closed,
)
export type ModelStamp = Static<typeof ModelStamp>

/** A number with its interval; null stands for “without bound”, or for a value that cannot be told. */
export const FigureInterval = Type.Object(
  {
    value: Type.Union([Type.Number(), Type.Null()]),
    low: Type.Union([Type.Number(), Type.Null()]),
    high: Type.Union([Type.Number(), Type.Null()]),
    /** Of the interval, such as 0.9. */
    level: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
  },
  closed,
)
export type FigureInterval = Static<typeof FigureInterval>

/** How far the run is that will replace what is shown, and whether the last one failed. */
export const ModelRunState = Type.Object(
  {
    state: oneOf(['running', 'finished', 'failed']),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    startedAt: Instant,
    attempts: Type.Integer({ minimum: 1 }),
  },
  closed,
)
export type ModelRunState = Static<typeof ModelRunState>
