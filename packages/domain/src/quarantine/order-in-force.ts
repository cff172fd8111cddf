import { type Episode, isOpenEpisode } from './episode.ts'
import type { QuarantineOrder } from './facts.ts'

/**
 * Until when somebody is under an order of this district: the end of its last day as it is known now. Whoever is away for
 * hospital is still under it, and so is whoever was handed on and not received yet; until then the next district has none to
 * enforce. An order about a house binds nobody who lives in it.
 * @param nowMs  Unix time, milliseconds
 * @returns Unix time, milliseconds; undefined where no order is in force
 */
export const inForceUntilMs = (
  { plan }: Pick<QuarantineOrder, 'plan'>,
  episode: Pick<Episode, 'state' | 'startsAtMs' | 'releaseDueAtMs'>,
  nowMs: number,
): number | undefined => {
  const isHere = isOpenEpisode(episode) && Number.isFinite(episode.startsAtMs)
  return plan.subject === 'person' && isHere && episode.releaseDueAtMs > nowMs
    ? episode.releaseDueAtMs
    : undefined
}
