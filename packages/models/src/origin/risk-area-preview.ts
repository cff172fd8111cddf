/** Arrivals of a day who gave the same last stop and the same history; a count, nobody by name. */
export type RecentArrivals = {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly lastStop: string
  readonly exposures: readonly { readonly place: string; readonly lastDay: number }[]
  readonly count: number
}

/** A place that counts as a risk area on some days. */
export type RiskAreaPeriod = {
  readonly place: string
  readonly fromDay: number
  readonly untilDay: number | null
}

export type RiskAreaPreview = {
  /** Arrivals looked at. */
  readonly arrivals: number
  readonly selectedNow: number
  readonly selectedThen: number
  /** Would qualify then and do not now. */
  readonly added: number
  /** Qualify now and would not then. */
  readonly removed: number
  /** Arrivals newly qualifying, by the place that makes them; those of two places count for each. */
  readonly addedByPlace: ReadonlyMap<string, number>
}

export type PreviewOptions = {
  /** Days before arrival in which a stay counts, whole number ≥ 0. */
  readonly exposureDays: number
  /** Whether a place lies in a risk area, such as a district in its city; equality where absent. */
  readonly liesIn?: (place: string, area: string) => boolean
}

const isSame = (place: string, area: string): boolean => place === area

const placesThatSelect = (
  arrivals: RecentArrivals,
  areas: readonly RiskAreaPeriod[],
  { exposureDays, liesIn = isSame }: PreviewOptions,
): string[] => {
  const stays = [...arrivals.exposures, { place: arrivals.lastStop, lastDay: arrivals.day }]
  const selecting = stays.flatMap(({ place, lastDay }) =>
    lastDay > arrivals.day || arrivals.day - lastDay > exposureDays
      ? []
      : areas
          .filter(
            (area) =>
              liesIn(place, area.place) && lastDay >= area.fromDay && lastDay <= (area.untilDay ?? lastDay),
          )
          .map((area) => area.place),
  )
  return [...new Set(selecting)]
}

/**
 * What a change of risk areas would have meant for recent arrivals.
 * An arrival qualifies where its last stop or a declared stay of the last days lies in an area on the last day of the stay.
 * @param arrivals  counts by day, last stop and declared stays   @param now  areas in force   @param then  areas proposed
 * @param options  days that count, and what lies in what
 * @returns people who qualify now, then, and by the change
 * @throws RangeError where a count is not a whole number ≥ 0
 * @example previewRiskAreas([{ day: 9, lastStop: 'b', exposures: [{ place: 'a', lastDay: 5 }], count: 3 }], [], [{ place: 'a', fromDay: 0, untilDay: null }], { exposureDays: 14 }).added // 3
 */
export const previewRiskAreas = (
  arrivals: readonly RecentArrivals[],
  now: readonly RiskAreaPeriod[],
  then: readonly RiskAreaPeriod[],
  options: PreviewOptions,
): RiskAreaPreview => {
  const preview = { arrivals: 0, selectedNow: 0, selectedThen: 0, added: 0, removed: 0 }
  const addedByPlace = new Map<string, number>()
  for (const group of arrivals) {
    if (!(Number.isSafeInteger(group.count) && group.count >= 0))
      throw new RangeError(`a count of ${group.count} arrivals`)
    const isNow = placesThatSelect(group, now, options).length > 0
    const places = placesThatSelect(group, then, options)
    const isThen = places.length > 0
    preview.arrivals += group.count
    if (isNow) preview.selectedNow += group.count
    if (isThen) preview.selectedThen += group.count
    if (isNow && !isThen) preview.removed += group.count
    if (isNow || !isThen) continue
    preview.added += group.count
    for (const place of places) addedByPlace.set(place, (addedByPlace.get(place) ?? 0) + group.count)
  }
  return { ...preview, addedByPlace }
}
