import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import { buildingKey, compareDoors, floorNumber } from '#src/households/walk-key.ts'

/** A door to be gone to. */
export type Door = { readonly id: string; readonly address: DoorAddress }

/**
 * Seconds that walking takes, as assumptions for comparing orders: a usual walking speed of 1.2 m/s, 15 s a floor by
 * stairs, and a guess where nobody has stood before the buildings yet.
 */
export const walkCosts = {
  metresPerSecond: 1.2,
  secondsPerFloor: 15,
  secondsPerDoor: 8,
  secondsWithinEstate: 120,
  secondsBetweenEstates: 480,
} as const

const metresPerDegree = 111_320

const metresBetween = (a: DoorAddress, b: DoorAddress): number | undefined => {
  if (
    a.longitude === undefined ||
    a.latitude === undefined ||
    b.longitude === undefined ||
    b.latitude === undefined
  )
    return undefined
  const north = (a.latitude - b.latitude) * metresPerDegree
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180)
  const east = (a.longitude - b.longitude) * metresPerDegree * Math.cos(middle)
  return Math.hypot(north, east)
}

const betweenBuildings = (a: DoorAddress, b: DoorAddress): number => {
  if (buildingKey(a) === buildingKey(b)) return 0
  const metres = metresBetween(a, b)
  if (metres !== undefined) return metres / walkCosts.metresPerSecond
  return a.estate === b.estate ? walkCosts.secondsWithinEstate : walkCosts.secondsBetweenEstates
}

/** Seconds from one door to the next: down to the ground and over where it is another stair or building. */
export const secondsBetween = (from: DoorAddress, to: DoorAddress): number => {
  const fromFloor = floorNumber(from.floor)
  const toFloor = floorNumber(to.floor)
  const isSameStair = buildingKey(from) === buildingKey(to) && (from.stair ?? '') === (to.stair ?? '')
  if (isSameStair) return walkCosts.secondsPerDoor + Math.abs(fromFloor - toFloor) * walkCosts.secondsPerFloor
  const stairs = Math.abs(fromFloor - 1) + Math.abs(toFloor - 1)
  return walkCosts.secondsPerDoor + betweenBuildings(from, to) + stairs * walkCosts.secondsPerFloor
}

/** Seconds of a walk in the order given. */
export const walkSeconds = (doors: readonly Door[]): number =>
  doors.reduce((sum, door, at) => {
    const before = doors[at - 1]
    return before === undefined ? sum : sum + secondsBetween(before.address, door.address)
  }, 0)

/** Doors one after the other by estate, building, stair and floor: how a list of them is walked. */
export const byName = <D extends Door>(doors: readonly D[]): D[] =>
  doors.toSorted((a, b) => compareDoors(a.address, b.address) || (a.id < b.id ? -1 : 1))

/** Doors of one building, in order, each with the place of the building where any of them has it. */
type Building<D extends Door> = { readonly doors: readonly D[]; readonly at: DoorAddress }

const buildingsOf = <D extends Door>(doors: readonly D[]): Building<D>[] =>
  [...Map.groupBy(byName(doors), ({ address }) => buildingKey(address)).values()].flatMap((own) => {
    const placed = own.find(({ address }) => address.longitude !== undefined) ?? own[0]
    return placed === undefined ? [] : [{ doors: own, at: placed.address }]
  })

const nearestNeighbour = <D extends Door>(buildings: readonly Building<D>[]): Building<D>[] => {
  const left = [...buildings]
  const route = left.splice(0, 1)
  for (let last = route.at(-1); last !== undefined && left.length > 0; last = route.at(-1)) {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [index, each] of left.entries()) {
      const seconds = betweenBuildings(last.at, each.at)
      if (seconds < least) [best, least] = [index, seconds]
    }
    route.push(...left.splice(best, 1))
  }
  return route
}

/** Sweeps over all pairs at most; each turn shortens the walk, so that it ends before. */
const mostSweeps = 40

/** Turns pieces of the route round while that shortens it (Croes 1958); the ends stay free. */
const twoOpt = <D extends Door>(start: readonly Building<D>[]): Building<D>[] => {
  let route = [...start]
  const leg = (from: number, to: number): number => {
    const a = route[from]
    const b = route[to]
    return a === undefined || b === undefined ? 0 : betweenBuildings(a.at, b.at)
  }
  for (let sweep = 0, isBetter = true; isBetter && sweep < mostSweeps; sweep += 1) {
    isBetter = false
    for (let i = 0; i < route.length - 1; i += 1)
      for (let j = i + 1; j < route.length; j += 1) {
        const gain = leg(i - 1, i) + leg(j, j + 1) - leg(i - 1, j) - leg(i, j + 1)
        if (gain <= 1e-9) continue
        route = [...route.slice(0, i), ...route.slice(i, j + 1).toReversed(), ...route.slice(j + 1)]
        isBetter = true
      }
  }
  return route
}

/**
 * Doors in walking order, whatever order they come in. Within a building by stair, floor and door; between buildings by
 * nearest neighbour from the first by name, then 2-opt. Never longer than the order by name, which is taken where the
 * heuristic does not beat it.
 */
export const planWalk = <D extends Door>(doors: readonly D[]): readonly D[] => {
  const buildings = buildingsOf(doors)
  const routes = [buildings, twoOpt(buildings), twoOpt(nearestNeighbour(buildings))]
  const walks = routes.map((route) => route.flatMap(({ doors: own }) => own))
  return walks.reduce((best, each) => (walkSeconds(each) < walkSeconds(best) ? each : best))
}

/** Seconds that a team spends at a door, for dividing the work: an assumption, like the costs of walking. */
export const secondsAtDoor = 300

/** The walk cut into stretches that stay below a bound, for teams that have work of their own already. */
const cutWalk = <D extends Door>(walk: readonly D[], loads: readonly number[], bound: number) => {
  const stretches: D[][] = loads.map(() => [])
  let team = 0
  let sum = loads[0] ?? 0
  let before: D | undefined
  for (const door of walk) {
    let more = secondsAtDoor + (before === undefined ? 0 : secondsBetween(before.address, door.address))
    while (sum + more > bound && team < loads.length) {
      team += 1
      sum = loads[team] ?? 0
      more = secondsAtDoor
    }
    const own = stretches[team]
    if (own === undefined) return undefined
    own.push(door)
    sum += more
    before = door
  }
  return stretches
}

/**
 * Divides one walk between teams into stretches that follow each other, so that the longest day is as short as such
 * stretches allow; found by halving the bound.
 * @param loads  seconds of work that each team has besides, in the order of the teams; at least one
 */
export const divideWalk = <D extends Door>(
  walk: readonly D[],
  loads: readonly number[],
): readonly (readonly D[])[] => {
  if (loads.length === 0) throw new RangeError('a walk is divided between at least one team')
  let low = Math.min(...loads)
  // A second more than the sum: the same seconds added door by door may round to a little more.
  let high = Math.max(...loads) + walkSeconds(walk) + walk.length * secondsAtDoor + 1
  let best = cutWalk(walk, loads, high)
  while (high - low > 1) {
    const middle = (low + high) / 2
    const stretches = cutWalk(walk, loads, middle)
    if (stretches === undefined) low = middle
    else [high, best] = [middle, stretches]
  }
  if (best === undefined) throw new Error('everything fits where one team takes it all')
  return best
}
