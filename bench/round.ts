import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import {
  byName,
  type Door,
  divideWalk,
  planWalk,
  secondsAtDoor,
  walkSeconds,
} from '@guankou/domain/households/plan-round.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'

/**
 * The walking order of a round against door after door by name, and how even the work of three teams is. Doors are drawn:
 * estates of high and low buildings, whose numbers follow their places only loosely. The last line is one JSON object.
 */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const seed = 20_200_125
const rounds = 200
const doorsEach = 150
const teams = 3

/** One estate: rows of buildings 50 m apart, numbered by rows from alternating ends, with a few out of turn. */
const buildingPlaces = (random: () => number, count: number) => {
  const across = Math.max(1, Math.round(Math.sqrt(count)))
  return Array.from({ length: count }, (_, number) => {
    const place = random() < 0.3 ? Math.floor(random() * count) : number
    const row = Math.floor(place / across)
    const column = row % 2 === 0 ? place % across : across - 1 - (place % across)
    return { east: column * 50 + random() * 10, north: row * 60 + random() * 10 }
  })
}

const drawDoors = (random: () => number): Door[] => {
  const estates = Array.from({ length: 3 }, (_, index) => {
    const floors = random() < 0.5 ? 6 : 18
    const places = buildingPlaces(random, 6 + Math.floor(random() * 10))
    return { name: `小区${index + 1}`, floors, places, east: random() * 900, north: random() * 900 }
  })
  return Array.from({ length: doorsEach }, (_, index) => {
    const estate = estates[Math.floor(random() * estates.length)]
    if (estate === undefined) throw new Error('there are three estates')
    const number = Math.floor(random() * estate.places.length)
    const place = estate.places[number] ?? { east: 0, north: 0 }
    const floor = 1 + Math.floor(random() * estate.floors)
    const address: DoorAddress = {
      estate: estate.name,
      building: `${number + 1}栋`,
      stair: `${1 + Math.floor(random() * 2)}单元`,
      floor: String(floor),
      door: `${floor}0${1 + Math.floor(random() * 4)}`,
      longitude: 113.5 + (estate.east + place.east) / 103_000,
      latitude: 22.2 + (estate.north + place.north) / 111_320,
    }
    return { id: `d${index}`, address }
  })
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const results = Array.from({ length: rounds }, (_, round) => {
  const stream = streamOf(seed, round)
  const doors = drawDoors(() => (stream.next() >>> 0) / 2 ** 32)
  const startMs = performance.now()
  const walk = planWalk(doors)
  const planMilliseconds = performance.now() - startMs
  const days = divideWalk(
    walk,
    Array.from({ length: teams }, () => 0),
  ).map((own) => walkSeconds(own) + own.length * secondsAtDoor)
  const mean = days.reduce((sum, day) => sum + day, 0) / teams
  return {
    naiveMinutes: walkSeconds(byName(doors)) / 60,
    plannedMinutes: walkSeconds(walk) / 60,
    planMilliseconds,
    longestToMean: Math.max(...days) / mean,
  }
})

const of = (pick: (result: (typeof results)[number]) => number): number =>
  Number(median(results.map(pick)).toFixed(3))

const result = {
  bench: 'round',
  rounds,
  doors: doorsEach,
  teams,
  naiveMinutes: of(({ naiveMinutes }) => naiveMinutes),
  plannedMinutes: of(({ plannedMinutes }) => plannedMinutes),
  plannedToNaive: of(({ plannedMinutes, naiveMinutes }) => plannedMinutes / naiveMinutes),
  worstPlannedToNaive: Number(
    Math.max(...results.map(({ plannedMinutes, naiveMinutes }) => plannedMinutes / naiveMinutes)).toFixed(3),
  ),
  longestDayToMean: of(({ longestToMean }) => longestToMean),
  planMilliseconds: of(({ planMilliseconds }) => planMilliseconds),
}
say(
  `${rounds} drawn rounds of ${doorsEach} doors: ${result.naiveMinutes} min of walking by name, ` +
    `${result.plannedMinutes} min as planned; longest day of ${teams} teams ${result.longestDayToMean} of the mean`,
)
console.log(JSON.stringify(result))
