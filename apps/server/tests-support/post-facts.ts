import type { PostHappening, RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { testNowMs } from './test-server.ts'

/** Minutes before the clock of the test server, as an instant. */
export const minutesAgo = (minutes: number): string => new Date(testNowMs - minutes * 60_000).toISOString()

let serial = 0

/** A command that something happened at the first main-road post, ten minutes ago unless told otherwise. */
export const aPostFact = (
  happening: PostHappening,
  overrides: Partial<RecordPostFact> = {},
): RecordPostFact => {
  const occurredAt = overrides.occurredAt ?? minutesAgo(10)
  serial += 1
  return {
    kind: 'posts.record',
    schemaVersion: 1,
    id: uuidV7FromRandom(Date.parse(occurredAt), streamOf(3_000_000 + serial)),
    jurisdiction: 440402,
    postId: 1,
    occurredAt,
    happening,
    ...overrides,
  }
}
