import type { AreaResult } from '@guankou/db/queries/origin/results.ts'

/** People who arrived, by the origin of their last leg. */
export type Arrivals = { readonly day: string; readonly originCode: number; readonly travellers: number }

/** People by origin of the last leg and region that they said they stayed in; null for those who named none. */
export type Declarations = {
  readonly originCode: number
  readonly regionCode: number | null
  readonly travellers: number
}

/** One area that people arrive in. */
export type Destination = {
  readonly code: number
  readonly arrivals: readonly Arrivals[]
  readonly declarations: readonly Declarations[]
}

/** What the model is given: all that was known as of a day. */
export type OriginFiguresInput = {
  readonly asOf: string
  /** First day of the window that is told of; `asOf` is the last. */
  readonly windowFrom: string
  readonly destination: Destination
  /** Confirmed in all by origin, and the day it was published; nothing later than `asOf`. */
  readonly reports: readonly {
    readonly originCode: number
    readonly publishedOn: string
    readonly confirmedTotal: number
  }[]
}

export type OriginFigures = Pick<AreaResult, 'daily' | 'totals' | 'mixes'>
