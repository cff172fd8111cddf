import type { Post, PostType } from '@guankou/contract/places/place.ts'
import type {
  NotableEvent,
  OriginArrivals,
  PostSituation,
  Tally,
} from '@guankou/contract/situation/endpoints.ts'

/** A made-up city for tests: 43 posts, 60 origins, two days of traffic. Everything follows from the numbers here. */

export const cityCode = 440400
export const timeZone = 'Asia/Shanghai'

export const jurisdictions = [
  { code: 440400, parentCode: null, name: { zh: '珠海市', en: 'Zhuhai' }, timeZone },
  { code: 440402, parentCode: 440400, name: { zh: '香洲区', en: 'Xiangzhou' }, timeZone },
  { code: 440403, parentCode: 440400, name: { zh: '斗门区', en: 'Doumen' }, timeZone },
  { code: 440404, parentCode: 440400, name: { zh: '金湾区', en: 'Jinwan' }, timeZone },
]

const districts = [
  { code: 440402, longitude: 113.53, latitude: 22.29, spread: 0.07 },
  { code: 440403, longitude: 113.22, latitude: 22.24, spread: 0.09 },
  { code: 440404, longitude: 113.35, latitude: 22.07, spread: 0.08 },
]

const named: readonly (readonly [
  zh: string,
  en: string,
  type: PostType,
  longitude: number,
  latitude: number,
])[] = [
  ['下栅', 'Xiazha', 'road-main', 113.56, 22.4],
  ['上冲', 'Shangchong', 'road-main', 113.48, 22.29],
  ['金鼎', 'Jinding', 'road-main', 113.53, 22.37],
  ['南屏', 'Nanping', 'road-main', 113.49, 22.22],
  ['横琴桥', 'Hengqin Bridge', 'road-main', 113.53, 22.16],
  ['斗门西', 'Doumen West', 'road-main', 113.14, 22.27],
  ['珠海站', 'Zhuhai Station', 'railway', 113.55, 22.215],
  ['拱北汽车站', 'Gongbei Coaches', 'coach', 113.556, 22.222],
  ['金湾机场', 'Jinwan Airport', 'airport', 113.37, 22.01],
  ['九洲港', 'Jiuzhou Port', 'port', 113.585, 22.245],
]

/** A number from 0 to 1 that follows from two others; not random, only scattered. */
const scatter = (a: number, b: number): number => {
  const value = Math.sin(a * 127.1 + b * 311.7) * 43_758.5453
  return value - Math.floor(value)
}

const districtAt = (longitude: number, latitude: number): number =>
  districts.toSorted(
    (a, b) =>
      Math.hypot(a.longitude - longitude, a.latitude - latitude) -
      Math.hypot(b.longitude - longitude, b.latitude - latitude),
  )[0]?.code ?? 440402

export const posts: readonly Post[] = Array.from({ length: 43 }, (_, index) => {
  const id = index + 1
  const known = named[index]
  const district = districts[index % 3] ?? districts[0]
  const longitude =
    known?.[3] ?? (district?.longitude ?? 113.5) + (scatter(id, 1) - 0.5) * 2 * (district?.spread ?? 0.1)
  const latitude =
    known?.[4] ?? (district?.latitude ?? 22.2) + (scatter(id, 2) - 0.5) * 2 * (district?.spread ?? 0.1)
  return {
    id,
    jurisdiction: districtAt(longitude, latitude),
    type: known?.[2] ?? 'road-minor',
    name: { zh: known?.[0] ?? `${id} 号路口`, en: known?.[1] ?? `Crossing ${id}` },
    longitude,
    latitude,
    lanes: known === undefined ? 1 : 4,
    illustrative: known === undefined,
  }
})

const originNames: readonly (readonly [code: number, zh: string, en: string, share: number])[] = [
  [442000, '中山市', 'Zhongshan', 0.37],
  [440100, '广州市', 'Guangzhou', 0.13],
  [820000, '澳门', 'Macao', 0.099],
  [440300, '深圳市', 'Shenzhen', 0.054],
  [440700, '江门市', 'Jiangmen', 0.05],
  [440600, '佛山市', 'Foshan', 0.045],
  [441900, '东莞市', 'Dongguan', 0.03],
  [440800, '湛江市', 'Zhanjiang', 0.022],
  [440900, '茂名市', 'Maoming', 0.02],
  [430100, '长沙市', 'Changsha', 0.01],
  [810000, '香港', 'Hong Kong', 0.009],
  [420100, '武汉市', 'Wuhan', 0.0053],
  [330300, '温州市', 'Wenzhou', 0.003],
  [310000, '上海市', 'Shanghai', 0.003],
  [110000, '北京市', 'Beijing', 0.002],
  [510100, '成都市', 'Chengdu', 0.002],
  [900764, '泰国', 'Thailand', 0.0002],
  [420900, '孝感市', 'Xiaogan', 0.00006],
]

const hours = [4, 3, 2, 2, 3, 6, 14, 30, 46, 52, 50, 47, 44, 45, 50, 54, 58, 60, 55, 42, 30, 22, 14, 8]

/** Vehicles of the whole city in a slot of a day whose weight is 1. */
export const vehiclesInSlot = (slot: number, weight: number): number =>
  Math.round(
    (hours[Math.floor(slot / 3)] ?? 0) * 8 * weight * (0.94 + 0.12 * scatter(slot, Math.round(weight * 9))),
  )

export const noTally: Tally = {
  vehicles: 0,
  travellers: 0,
  febrile: 0,
  feverConfirmed: 0,
  secondChecks: 0,
  quarantined: 0,
  turnedBack: 0,
  referred: 0,
}

export const tallyOf = (vehicles: number): Tally => ({
  vehicles,
  travellers: Math.round(vehicles * 2.27),
  febrile: Math.floor(vehicles / 900),
  feverConfirmed: Math.floor(vehicles / 2_600),
  secondChecks: Math.floor(vehicles / 850),
  quarantined: Math.floor(vehicles / 140),
  turnedBack: Math.floor(vehicles / 1_800),
  referred: Math.floor(vehicles / 3_000),
})

export const addTally = (a: Tally, b: Tally): Tally => ({
  vehicles: a.vehicles + b.vehicles,
  travellers: a.travellers + b.travellers,
  febrile: a.febrile + b.febrile,
  feverConfirmed: a.feverConfirmed + b.feverConfirmed,
  secondChecks: a.secondChecks + b.secondChecks,
  quarantined: a.quarantined + b.quarantined,
  turnedBack: a.turnedBack + b.turnedBack,
  referred: a.referred + b.referred,
})

const weightOf = (post: Post): number => (post.type === 'road-minor' ? 0.4 : 2) * (0.5 + scatter(post.id, 3))
const allWeight = posts.reduce((sum, post) => sum + weightOf(post), 0)

export const postSituations = (
  dayVehicles: number,
  recentVehicles: number,
  nowMs: number,
): readonly PostSituation[] =>
  posts.map((post) => {
    const share = weightOf(post) / allWeight
    const seen = new Date(nowMs - 120_000).toISOString()
    const waits: Readonly<Record<number, number>> = { 1: 11.2, 4: 2.4, 3: 1.2 }
    const waitMinutes = waits[post.id]
    const vehicles = Math.round(recentVehicles * share)
    return {
      postId: post.id,
      today: tallyOf(Math.round(dayVehicles * share)),
      recent: {
        windowMinutes: 70,
        vehicles,
        febrile: post.id === 10 && dayVehicles > 0 ? 2 : 0,
        vehiclesPerHour: (vehicles * 60) / 70,
      },
      meanSecondsPerVehicle: dayVehicles === 0 ? null : 14 + 12 * scatter(post.id, 4),
      lastScreeningAt: dayVehicles === 0 ? null : new Date(nowMs - 20_000).toISOString(),
      queue:
        waitMinutes === undefined || dayVehicles === 0
          ? null
          : { vehicles: Math.round(waitMinutes * 8), seenAt: seen, waitMinutes },
    }
  })

const orNull = (count: number): number | null => (count > 0 && count < 5 ? null : count)

export const originArrivals = (travellers: number, yesterday: number): readonly OriginArrivals[] =>
  originNames.map(([originCode, zh, en, share]) => {
    const count = Math.round(travellers * share)
    return {
      originCode,
      name: { zh, en },
      travellers: orNull(count),
      travellersYesterday: orNull(Math.round(yesterday * share * (0.8 + 0.5 * scatter(originCode, 5)))),
      febrile: orNull(Math.floor(count / 900)),
      share: orNull(count) === null || travellers === 0 ? null : count / travellers,
    }
  })

export const notableEvents = (nowMs: number): readonly NotableEvent[] =>
  [
    { postId: 10, disposition: 'referred' as const, febrile: 1, travellers: 3, ruleIds: ['R1', 'R4'] },
    { postId: 1, disposition: 'second-check' as const, febrile: 1, travellers: 2, ruleIds: ['R2'] },
    { postId: 2, disposition: 'home-quarantine' as const, febrile: 0, travellers: 4, ruleIds: ['R6'] },
    { postId: 9, disposition: 'central-quarantine' as const, febrile: 0, travellers: 1, ruleIds: ['R5'] },
    { postId: 6, disposition: 'turned-back' as const, febrile: 0, travellers: 2, ruleIds: ['R8'] },
    { postId: 7, disposition: 'second-check' as const, febrile: 1, travellers: 1, ruleIds: ['R2'] },
  ].map((event, index) => ({
    ...event,
    screeningId: `01900000-0000-7000-8000-00000000000${index}`,
    lane: 1 + (index % 3),
    occurredAt: new Date(nowMs - (index * 7 + 1) * 60_000).toISOString(),
  }))
