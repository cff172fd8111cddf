import type { Post } from '@guankou/contract/places/place.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { below, happens, pick, type Random } from '@guankou/simulator/random/stream.ts'
import { aReading, aScreening, aTraveller } from '@guankou/testkit/factories/screening.ts'

const origins = [442000, 440100, 440300, 420100, 430100]
const febrileShare = 0.08
const wrongShare = 0.02
const mostAboard = 4
/** No post has as many; the server refuses it for good. */
const missingLane = 60

export type Arrival = { readonly command: RecordScreening; readonly isWrong: boolean }

/**
 * Draws arrivals at the posts given, one at each call, a few of them wrong.
 * @param maker  a whole number of the client's own, so that no two of them make the same id
 */
export const arrivalsAt = (
  posts: readonly Post[],
  random: Random,
  maker: number,
): ((nowMs: number) => Arrival) => {
  let made = 0
  return (nowMs) => {
    made += 1
    const post = pick(random, posts)
    const isWrong = happens(random, wrongShare)
    const occurredAt = new Date(nowMs).toISOString()
    const readingAt = new Date(nowMs - 8_000).toISOString()
    const travellers = Array.from({ length: 1 + below(random, mostAboard) }, (_, index) =>
      aTraveller({
        seat: index + 1,
        origin: { code: pick(random, origins), evidence: 'declared' },
        readings: [
          aReading({ at: readingAt, temperatureCelsius: happens(random, febrileShare) ? 37.8 : 36.5 }),
        ],
      }),
    )
    const place = {
      jurisdiction: post.jurisdiction,
      postId: post.id,
      lane: isWrong ? missingLane : 1 + below(random, post.lanes),
    }
    const command = aScreening(
      { ...place, occurredAt, queueVehicles: below(random, 12), travellers },
      maker * 10_000_000 + made,
    )
    return { command, isWrong }
  }
}
