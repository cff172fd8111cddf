import { median } from '#src/numerics/median.ts'

/** Cases and people of a place, and the region in which it lies. */
export type RegionCount = { readonly region: string; readonly cases: number; readonly population: number }

/** As many times the median of the regions makes one a source. */
const sourceFactor = 20

/** Fewer regions than this have no median to speak of. */
const leastRegions = 5

/**
 * Regions with an epidemic of their own: cases there say nothing about who arrives.
 * @param places  cases so far, people and region
 * @returns regions whose cases per person are more than 20 times the median of all regions; none among fewer than five
 * @example [...sourceRegions(['a', 'b', 'c', 'd', 'e'].map((region) => ({ region, cases: region === 'a' ? 900 : 1, population: 1e6 })))] // ['a']
 */
export const sourceRegions = (places: readonly RegionCount[]): ReadonlySet<string> => {
  const regions = [...Map.groupBy(places, ({ region }) => region)].map(([region, of]) => {
    const cases = of.reduce((sum, each) => sum + each.cases, 0)
    return { region, rate: cases / of.reduce((sum, each) => sum + each.population, 0) }
  })
  if (regions.length < leastRegions) return new Set()
  const usual = median(regions.map(({ rate }) => rate))
  return new Set(regions.filter(({ rate }) => rate > sourceFactor * usual).map(({ region }) => region))
}
