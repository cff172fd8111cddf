import type { PostType } from '@guankou/contract/places/place.ts'
import type { OriginShare } from '#src/arrivals/scenario.ts'
import { distanceFromZhuhaiKm } from '#src/cities/zhuhai-2020/origin-shares.ts'

const hongKong = 810000
const macao = 820000

/** How readily people from a distance come through a kind of post, by upper bounds in kilometres; made up. */
const reach: Readonly<Record<PostType, readonly (readonly [belowKm: number, affinity: number])[]>> = {
  'road-main': [
    [300, 1],
    [800, 0.5],
    [4000, 0.15],
    [Infinity, 0.005],
  ],
  'road-minor': [
    [150, 1],
    [400, 0.2],
    [800, 0.03],
    [4000, 0.01],
    [Infinity, 0.001],
  ],
  railway: [
    [50, 0.2],
    [2500, 1],
    [4000, 0.2],
    [Infinity, 0.05],
  ],
  coach: [
    [50, 0.3],
    [900, 1],
    [4000, 0.2],
    [Infinity, 0.01],
  ],
  airport: [
    [400, 0.002],
    [900, 0.3],
    [Infinity, 1],
  ],
  port: [
    [70, 0.3],
    [Infinity, 0.002],
  ],
  border: [
    [70, 1],
    [Infinity, 0.01],
  ],
}

const affinityOf = (type: PostType, originCode: number): number => {
  if (type === 'port' && (originCode === hongKong || originCode === macao)) return 2
  const distanceKm = distanceFromZhuhaiKm(originCode) ?? 4000
  return reach[type].find(([belowKm]) => distanceKm < belowKm)?.[1] ?? 0
}

const rounds = 60

/**
 * Shares of origins for each kind of post, such that all posts together have the shares given for the city: flights
 * bring people from far away, minor roads from next door, and the city's total stays what it is.
 * @param shares  for the whole city   @param travellers  mean travellers a day through all posts of each type
 * @returns for each type the shares within it, adding up to 1
 * Method: iterative proportional fitting (Deming and Stephan 1940, doi:10.1214/aoms/1177731829), ending with the origin
 * margin, so that the city's shares are met exactly and the volumes of the types to within the convergence of 60 rounds.
 */
export const originSharesByPostType = (
  shares: readonly OriginShare[],
  travellers: Partial<Readonly<Record<PostType, number>>>,
): Partial<Record<PostType, readonly OriginShare[]>> => {
  const columns = (Object.entries(travellers) as [PostType, number][]).filter(([, count]) => count > 0)
  const all = columns.reduce((sum, [, count]) => sum + count, 0)
  const shareTotal = shares.reduce((sum, one) => sum + one.share, 0)
  const table = columns.map(([type]) => shares.map(({ originCode }) => affinityOf(type, originCode)))
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, count]] of columns.entries()) {
      const column = table[index] ?? []
      const total = column.reduce((sum, value) => sum + value, 0)
      table[index] = column.map((value) => (value * count) / (all * total))
    }
    for (const [row, { share }] of shares.entries()) {
      const total = table.reduce((sum, column) => sum + (column[row] ?? 0), 0)
      for (const column of table)
        column[row] = total > 0 ? ((column[row] ?? 0) * share) / (shareTotal * total) : 0
    }
  }
  return Object.fromEntries(
    columns.map(([type], index) => {
      const column = table[index] ?? []
      const total = column.reduce((sum, value) => sum + value, 0)
      const within = shares.map(({ originCode }, row) => ({ originCode, share: (column[row] ?? 0) / total }))
      return [type, within]
    }),
  )
}
