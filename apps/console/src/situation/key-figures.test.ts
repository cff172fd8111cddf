import type { PostSituation, SituationSummary, Tally } from '@guankou/contract/situation/endpoints.ts'
import { describe, expect, it } from 'vitest'
import {
  changeOfVehicles,
  freshQueue,
  isToday,
  longestQueue,
  peoplePerVehicle,
  referenceMsOf,
  slowestPost,
} from '#src/situation/key-figures.ts'

const nothing: Tally = {
  vehicles: 0,
  travellers: 0,
  febrile: 0,
  feverConfirmed: 0,
  secondChecks: 0,
  quarantined: 0,
  turnedBack: 0,
  referred: 0,
}
const post = (postId: number, over: Partial<PostSituation> = {}): PostSituation => ({
  postId,
  today: nothing,
  recent: { windowMinutes: 60, vehicles: 0, febrile: 0, vehiclesPerHour: 0 },
  meanSecondsPerVehicle: null,
  lastScreeningAt: null,
  queue: null,
  ...over,
})
const queue = (waitMinutes: number, seenAt: string) => ({ vehicles: 9, seenAt, waitMinutes })
const summary = (over: Partial<SituationSummary>): SituationSummary => ({
  area: { code: 440400, name: { zh: '珠海市', en: 'Zhuhai' }, timeZone: 'Asia/Shanghai' },
  day: '2020-01-24',
  asOf: '2020-01-23T16:30:00.000Z',
  today: nothing,
  likeForLike: null,
  posts: { total: 2, reportedLastHour: 0 },
  meanSecondsPerVehicle: null,
  ...over,
})
const noon = '2020-01-24T04:00:00.000Z'
const noonMs = Date.parse(noon)

describe('the day', () => {
  it('is today by the clock of the area, not of the machine', () => {
    expect(isToday(summary({}))).toBe(true)
    expect(isToday(summary({ day: '2020-01-23' }))).toBe(false)
  })

  it('ends with its last record once it is over', () => {
    const posts = [post(1, { lastScreeningAt: '2020-01-24T03:00:00.000Z' }), post(2)]
    expect(referenceMsOf(posts, noon, true)).toBe(noonMs)
    expect(referenceMsOf(posts, noon, false)).toBe(noonMs - 3_600_000)
    expect(referenceMsOf([], noon, false)).toBe(0)
  })
})

describe('the longest queue', () => {
  it('counts only what was seen within the hour', () => {
    const posts = [
      post(1, { queue: queue(20, '2020-01-24T02:59:59.000Z') }),
      post(2, { queue: queue(4, '2020-01-24T03:00:00.000Z') }),
      post(3, { queue: queue(4, '2020-01-24T03:50:00.000Z') }),
      post(4),
    ]
    expect(longestQueue(posts, noonMs)?.postId).toBe(2)
    expect(freshQueue(post(4), noonMs)).toBeNull()
    expect(longestQueue([post(4)], noonMs)).toBeNull()
  })
})

describe('ratios', () => {
  it('are not made where there is nothing to divide by', () => {
    expect([peoplePerVehicle(summary({})), changeOfVehicles(summary({}))]).toEqual([null, null])
    const zero = { untilSlot: 3, today: { ...nothing, vehicles: 5 }, yesterday: nothing }
    expect(changeOfVehicles(summary({ likeForLike: zero }))).toBeNull()
  })

  it('compare the same stretch of both days', () => {
    const likeForLike = {
      untilSlot: 3,
      today: { ...nothing, vehicles: 90 },
      yesterday: { ...nothing, vehicles: 100 },
    }
    const now = { ...nothing, vehicles: 100, travellers: 227 }
    expect(changeOfVehicles(summary({ today: now, likeForLike }))).toBeCloseTo(-0.1)
    expect(peoplePerVehicle(summary({ today: now }))).toBeCloseTo(2.27)
  })

  it('find the slowest post among those that measured', () => {
    const posts = [post(1, { meanSecondsPerVehicle: 22 }), post(2), post(3, { meanSecondsPerVehicle: 31 })]
    expect(slowestPost(posts)).toEqual({ postId: 3, seconds: 31 })
    expect(slowestPost([post(2)])).toBeNull()
  })
})
