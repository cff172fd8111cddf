import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import fc from 'fast-check'
import Schema from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { type DrawOptions, drawScreenings } from '#src/arrivals/draw-screenings.ts'
import { meanPartySize, scaleVolume } from '#src/arrivals/scenario.ts'
import { uuidV7FromRandom } from '#src/arrivals/uuid-v7.ts'
import { referenceOf } from '#src/cities/reference.ts'
import { zhuhaiScenario } from '#src/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '#src/cities/zhuhai-2020/zhuhai.ts'
import { streamOf } from '#src/random/stream.ts'
import { compareShares, designEffectOf } from '#src/replay/compare-shares.ts'

const { city, response: responseUntil } = buildZhuhaiCity()
const response = responseUntil('2030-12-31')
const scenario = zhuhaiScenario(city.posts)
const hourMs = 3_600_000
const midnight = Date.parse('2020-01-22T16:00:00Z')

const options = (overrides: Partial<DrawOptions> = {}): DrawOptions => ({
  city,
  response,
  rulesVersion: 1,
  scenario,
  seed: 1,
  fromMs: midnight + 8 * hourMs,
  untilMs: midnight + 9 * hourMs,
  ...overrides,
})

const draw = (overrides: Partial<DrawOptions> = {}): RecordScreening[] => [
  ...drawScreenings(options(overrides)),
]
/** One or two posts of each type: enough where it is about each screening and not about counts. */
const fewPosts = { ...city, posts: city.posts.filter(({ id }) => [1, 6, 10, 25].includes(id) || id >= 40) }
const wholeDay = draw({ fromMs: midnight, untilMs: midnight + 24 * hourMs })

/** Any window of up to three hours in these years, with any seed and a fitting version of the rules. */
const anyWindow = fc
  .record({
    seed: fc.maxSafeInteger(),
    fromMs: fc.integer({ min: Date.parse('2020-01-18T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') }),
    lengthMs: fc.integer({ min: 1, max: 3 * hourMs }),
    rulesVersion: fc.constantFrom(1, 2, 3, 4),
  })
  .map(({ lengthMs, ...rest }) => ({ ...rest, untilMs: rest.fromMs + lengthMs }))

describe('uuidV7FromRandom', () => {
  it('carries the time and is of the contract’s form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer(), (ms, seed) => {
        const id = uuidV7FromRandom(ms, streamOf(seed))
        expect(uuidTimeMs(id)).toBe(ms)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      }),
      { numRuns: 2_000 },
    )
    for (const ms of [-1, 2 ** 48, 0.5, Number.NaN])
      expect(() => uuidV7FromRandom(ms, streamOf(1))).toThrow(RangeError)
  })
})

describe('drawScreenings', () => {
  it('draws commands that contract and domain accept, whenever and with whatever seed', () => {
    const schema = Schema.Compile(RecordScreening)
    const reference = referenceOf(city, [response])
    fc.assert(
      fc.property(anyWindow, (window) => {
        for (const command of drawScreenings(options({ ...window, city: fewPosts }))) {
          if (!schema.Check(command)) expect.unreachable(JSON.stringify(schema.Errors(command)))
          const decided = decideScreening(reference, command, Date.parse(command.occurredAt))
          if (!decided.ok)
            expect.unreachable(`${JSON.stringify(decided.refusal)} of ${JSON.stringify(command)}`)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('gives every screening of a window once, in order of time', () => {
    let last = midnight
    for (const command of wholeDay) {
      const at = Date.parse(command.occurredAt)
      expect(at).toBeGreaterThanOrEqual(last)
      expect(at).toBeLessThan(midnight + 24 * hourMs)
      expect(uuidTimeMs(command.id)).toBe(at)
      last = at
    }
    expect(new Set(wholeDay.map((command) => command.id)).size).toBe(wholeDay.length)
  })

  it('gives the same for the same seed, and nothing in common for another', () => {
    expect(draw()).toEqual(draw())
    const ids = new Set(draw().map((command) => command.id))
    expect(draw({ seed: 2 }).some((command) => ids.has(command.id))).toBe(false)
  })

  it('gives a window the same screenings whether it is drawn alone or within a longer one', () => {
    const cut = fc.integer({ min: 0, max: 48 * hourMs })
    const long = draw({ city: fewPosts, fromMs: midnight, untilMs: midnight + 48 * hourMs })
    fc.assert(
      fc.property(cut, cut, (a, b) => {
        const [fromMs, untilMs] = [midnight + Math.min(a, b), midnight + Math.max(a, b)]
        const inside = long.filter((c) => uuidTimeMs(c.id) >= fromMs && uuidTimeMs(c.id) < untilMs)
        expect(draw({ city: fewPosts, fromMs, untilMs })).toEqual(inside)
      }),
      { numRuns: 10 },
    )
  })

  it('counts on the new day what was begun before midnight', () => {
    const dayEnd = midnight + 24 * hourMs
    const around = draw({ fromMs: dayEnd - hourMs, untilMs: dayEnd + hourMs })
    const after = around.filter((command) => Date.parse(command.occurredAt) >= dayEnd)
    expect(draw({ fromMs: dayEnd, untilMs: dayEnd + hourMs })).toEqual(after)
    expect(after.some((command) => Date.parse(command.startedAt) < dayEnd)).toBe(true)
  })

  it('draws a post the same whichever other posts there are', () => {
    const alone = draw({ city: { ...city, posts: city.posts.filter((post) => post.id === 3) } })
    expect(alone).toEqual(draw().filter((command) => command.postId === 3))
    expect(alone.length).toBeGreaterThan(0)
  })

  it('takes temperatures to one decimal, and a second one exactly after the first at or over the threshold', () => {
    let second = 0
    for (const { travellers } of wholeDay)
      for (const { readings } of travellers) {
        for (const { temperatureCelsius: celsius } of readings)
          if (celsius !== undefined) expect(celsius).toBe(Math.round(celsius * 10) / 10)
        const isHot = (readings[0]?.temperatureCelsius ?? 0) >= 37.3
        expect(readings).toHaveLength(isHot ? 2 : 1)
        if (!isHot) continue
        second++
        const [first, again] = readings.map((reading) => Date.parse(reading.at))
        expect((again ?? 0) - (first ?? 0)).toBe(10 * 60_000)
      }
    expect(second).toBeGreaterThan(5)
    expect(second).toBeLessThan(120)
  })

  it('counts about as many conveyances and people as the scenario says', () => {
    const roads = wholeDay.filter((c) => c.postId >= 10 && c.postId <= 39)
    expect(Math.abs(roads.length / (30 * 394 * 0.97) - 1)).toBeLessThan(0.06)
    const aboard = roads.reduce((sum, c) => sum + c.travellers.length, 0) / roads.length
    expect(aboard).toBeGreaterThan(2)
    expect(aboard).toBeLessThan(2.9)
    expect(meanPartySize(scenario.partySizes.car)).toBeCloseTo(2.31, 1)
    for (const { queueVehicles = -1 } of wholeDay) expect(queueVehicles).toBeGreaterThanOrEqual(0)
    expect(wholeDay.some(({ queueVehicles = 0 }) => queueVehicles >= 3)).toBe(true)
  })

  it('keeps the city’s shares of origins although each kind of post has its own', () => {
    const counts = Map.groupBy(wholeDay, (c) => c.travellers[0]?.origin.code ?? 0)
    const comparison = compareShares({
      expected: scenario.originShares,
      observed: [...counts].map(([originCode, commands]) => ({
        originCode,
        travellers: commands.reduce((sum, c) => sum + c.travellers.length, 0),
      })),
      designEffect: designEffectOf(wholeDay.map((c) => c.travellers.length)),
    })
    expect(comparison.isConsistent).toBe(true)
    const flights = wholeDay.filter((c) => c.conveyance.kind === 'flight')
    const fromZhongshan = flights.filter((c) => c.travellers[0]?.origin.code === 442000).length
    expect(fromZhongshan / flights.length).toBeLessThan(0.05)
  })

  it('says where a scenario or a city lacks something', () => {
    expect(() => draw({ rulesVersion: 99 })).toThrow(/no rules 99/)
    expect(() => draw({ city: { ...city, jurisdictions: [] } })).toThrow(/not among its jurisdictions/)
    expect(() => draw({ scenario: scaleVolume(scenario, 40) })).toThrow(/cannot serve/)
    expect(() => draw({ scenario: { ...scenario, originSharesByPostType: {}, originShares: [] } })).toThrow(
      RangeError,
    )
    expect(draw({ untilMs: options().fromMs })).toEqual([])
  })
})
