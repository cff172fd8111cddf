import { isFact, type KeptFact } from '#src/posts/kept-fact.ts'

export type Lanes = {
  /** Numbers of the open lanes, ascending. */
  readonly open: readonly number[]
  /** Whether anybody recorded a lane at all; where not, screenings are all that tells which are in use. */
  readonly areRecorded: boolean
  /** When each lane was last opened or closed, Unix time in milliseconds. */
  readonly changedAtMs: ReadonlyMap<number, number>
}

/** The lanes of a post: of each, what was said last counts. @param standing  of `standingAt`, of one post */
export const lanesOf = (standing: readonly KeptFact[]): Lanes => {
  const last = new Map<number, { readonly open: boolean; readonly atMs: number }>()
  for (const fact of standing)
    if (isFact(fact, 'lane-set'))
      last.set(fact.happening.lane, { open: fact.happening.open, atMs: fact.occurredAtMs })
  const open = [...last].flatMap(([lane, said]) => (said.open ? [lane] : [])).sort((a, b) => a - b)
  const changedAtMs = new Map([...last].map(([lane, { atMs }]) => [lane, atMs]))
  return { open, areRecorded: last.size > 0, changedAtMs }
}

/**
 * How many lanes were open on average over a span, as far as it was recorded; undefined where no lane was.
 * @param standing  of `standingAt` at `untilMs`, of one post   @param fromMs  Unix time   @param untilMs  later than that
 */
export const meanLanesOpen = (
  standing: readonly KeptFact[],
  fromMs: number,
  untilMs: number,
): number | undefined => {
  const open = new Set<number>()
  let laneMs = 0
  let sinceMs = fromMs
  let isRecorded = false
  for (const fact of standing) {
    if (!isFact(fact, 'lane-set')) continue
    const atMs = Math.min(untilMs, Math.max(fromMs, fact.occurredAtMs))
    laneMs += open.size * (atMs - sinceMs)
    sinceMs = atMs
    isRecorded = true
    if (fact.happening.open) open.add(fact.happening.lane)
    else open.delete(fact.happening.lane)
  }
  if (!isRecorded || untilMs <= fromMs) return undefined
  return (laneMs + open.size * (untilMs - sinceMs)) / (untilMs - fromMs)
}
