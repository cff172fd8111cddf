import type { PostQuota, TestQuota, TestReasonWord } from '@guankou/contract/testing/quota.ts'
import type { TestGround } from '@guankou/contract/testing/record-test.ts'

/** Somebody who stands at a post. */
export type AskedPerson = {
  readonly screeningId: string
  readonly seat: number
  readonly originCode: number
  readonly declared: boolean
}

export type Asking = {
  readonly ground: Extract<TestGround, 'quota' | 'lot'>
  readonly reason: TestReasonWord
  readonly share: number
}

/** The golden ratio’s fraction: its multiples spread most evenly over [0, 1) (Weyl). */
const golden = 0.618_033_988_749_894_9

/**
 * A number in [0, 1) that belongs to a seat of a screening: drawn by the 48 last random bits of the screening’s id, so
 * that phone and server draw the same one, nobody chooses it, and it can be checked afterwards.
 * @param screeningId  UUID version 7
 * @example lotOf('017f22e2-79b0-7cc3-98c4-800000000000', 0) // 0.5
 */
export const lotOf = (screeningId: string, seat: number): number => {
  const drawn = Number.parseInt(screeningId.slice(-12), 16) / 2 ** 48
  return (drawn + seat * golden) % 1
}

/** What a phone asks by at its post. */
export type QuotaHere = {
  readonly post: PostQuota
  /** Whether people of a type are listed at any post of the pack. */
  readonly isSeldom: (type: Pick<AskedPerson, 'originCode' | 'declared'>) => boolean
}

const keyOf = ({ originCode, declared }: Pick<AskedPerson, 'originCode' | 'declared'>): string =>
  `${originCode}|${declared}`

/** The quota of a post on a day; none where the phone holds that of another day. */
export const quotaOf = (quota: TestQuota | undefined, postId: number, day: string): QuotaHere | undefined => {
  if (quota?.day !== day) return undefined
  const post = quota.posts.find((each) => each.postId === postId)
  if (post === undefined) return undefined
  const listed = new Set(quota.posts.flatMap(({ types }) => types.map(keyOf)))
  return { post, isSeldom: (type) => listed.has(keyOf(type)) }
}

/**
 * Whether a person is asked for a test, and why: by lot with the share of their type; that of types which come seldom where
 * theirs is listed at another post only; and else the post’s lot, so that people whom nobody expected do not use up the day’s
 * tests. A higher share asks all whom a lower one asks.
 * @returns undefined where they are not asked
 */
export const askForTest = ({ post, isSeldom }: QuotaHere, person: AskedPerson): Asking | undefined => {
  const type = post.types.find((each) => keyOf(each) === keyOf(person))
  const seldom = type === undefined && isSeldom(person) ? post.seldomShare : undefined
  const share = type?.askedShare ?? seldom ?? post.lotShare
  if (lotOf(person.screeningId, person.seat) >= share) return undefined
  if (seldom === 1) return { ground: 'quota', reason: 'little-known', share }
  if (type === undefined || type.reason === 'by-lot') return { ground: 'lot', reason: 'by-lot', share }
  return { ground: 'quota', reason: type.reason, share }
}
