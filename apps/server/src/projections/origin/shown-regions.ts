import type { RegionMix } from '@guankou/db/queries/origin/results.ts'

const largestShown = 30
const hiddenShown = 10

/** What the last leg does not show of a region. */
const hidden = ({ estimated, lastLeg }: RegionMix): number => estimated - lastLeg

/**
 * The regions that are told: the largest, and of all others those whose exposure the last leg hides most, for whom the
 * list is there.
 * @param mixes  largest first
 */
export const shownRegions = (mixes: readonly RegionMix[]): readonly RegionMix[] => [
  ...mixes.slice(0, largestShown),
  ...mixes
    .slice(largestShown)
    .toSorted((a, b) => hidden(b) - hidden(a))
    .slice(0, hiddenShown),
]
