import type { Post } from '@guankou/contract/places/place.ts'
import type { SituationOrigins, SituationPosts } from '@guankou/contract/situation/endpoints.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import type { Position } from '@guankou/geodata/boundaries/outline.ts'
import { pearlDelta } from '@guankou/geodata/boundaries/pearl-delta.generated.ts'
import { zhuhaiDistricts } from '@guankou/geodata/boundaries/zhuhai-districts.generated.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { boundsAround, boundsOfAspect } from '@guankou/ui/maps/bounds.ts'
import { arriveAt, type Bounds, enterAt, type FlowLine, toFlowLines } from '@guankou/ui/maps/flows.ts'
import { type PostMark, toPostMarks } from '@guankou/ui/maps/post-marks.ts'
import { registerOutline } from '@guankou/ui/maps/register-outline.ts'
import { freshQueue } from '#src/situation/key-figures.ts'
import { waitTargetMinutes } from '#src/situation/targets.ts'

export const cityMapName = 'city'
registerOutline(cityMapName, [...pearlDelta.features, ...zhuhaiDistricts.features])

/** Room for the heading, the legend and the ends of lines. */
export const cityInsets = { top: 58, bottom: 46, side: 10 }

/** Places that border on the city, whose share of the arrivals the map shows as lines. */
export const neighbourCodes: ReadonlySet<number> = new Set(
  pearlDelta.features.map((feature) => feature.properties.code),
)
export const neighbourRegions = [...neighbourCodes].map(String)

/** Districts inside an area, by code as the map knows them. */
export const districtNames = (area: number, locale: Locale): ReadonlyMap<string, string> =>
  new Map(
    zhuhaiDistricts.features
      .filter(({ properties }) => liesIn(properties.code, area))
      .map(({ properties }) => [
        String(properties.code),
        locale === 'zh' ? properties.name : properties.nameEn,
      ]),
  )

/** Marks of the posts that the figures speak of. */
export const marksOf = (
  posts: readonly Post[],
  situation: SituationPosts,
  referenceMs: number,
  locale: Locale,
): readonly PostMark[] => {
  const figures = new Map(situation.posts.map((post) => [post.postId, post]))
  return toPostMarks(
    posts
      .filter((post) => figures.has(post.id))
      .map((post) => ({ ...post, name: inLocale(post.name, locale) })),
    (id) => {
      const post = figures.get(id)
      if (post === undefined) return undefined
      return {
        vehiclesPerHour: post.recent.vehiclesPerHour,
        febrileRecently: post.recent.febrile,
        waitMinutes: freshQueue(post, referenceMs)?.waitMinutes ?? null,
      }
    },
    waitTargetMinutes,
  )
}

/** The part of the land that the map shows: the posts with room for names. */
export const cityBounds = (marks: readonly PostMark[], aspect: number): Bounds =>
  boundsOfAspect(
    boundsAround(marks, 0.16, 0.04) ?? { west: 113.05, east: 113.7, south: 21.95, north: 22.45 },
    aspect,
  )

const cityRings = zhuhaiDistricts.features.flatMap((feature) => feature.geometry.coordinates.flat())

const middleOf = (bounds: Bounds): Position => [
  (bounds.west + bounds.east) / 2,
  (bounds.south + bounds.north) / 2,
]

/** Lines from the neighbours, from where they enter the picture to where they meet the city. */
export const neighbourFlows = (
  origins: SituationOrigins | undefined,
  area: number,
  bounds: Bounds,
  locale: Locale,
): readonly FlowLine[] => {
  const destination = originPoint(area) ?? middleOf(bounds)
  const flows = (origins?.origins ?? []).flatMap(({ originCode, name, travellers, share }) =>
    neighbourCodes.has(originCode) && travellers !== null
      ? [{ code: originCode, name: inLocale(name, locale), travellers, share }]
      : [],
  )
  return toFlowLines(flows, originPoint, destination).map((line) => ({
    ...line,
    from: enterAt(line.from, line.to, bounds),
    to: arriveAt(line.from, line.to, cityRings, 0.12),
  }))
}
