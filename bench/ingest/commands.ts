import type { Post } from '@guankou/contract/places/place.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { v7 } from 'uuid'

const origins = [442000, 440100, 820000, 440700, 440300, 440600, 441900, 440800, 430100, 420100]

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/**
 * Screenings of two travellers each, spread over posts and over the minutes before `nowMs`; all fields that an
 * inspector fills are filled. Repeatable but for the random bits of the ids.
 */
export const makeCommands = (
  posts: readonly Post[],
  responseId: string,
  count: number,
  nowMs: number,
): RecordScreening[] =>
  Array.from({ length: count }, (_, index) => {
    const post = posts[index % posts.length] as Post
    const occurredAtMs = nowMs - (index % 600_000)
    const at = new Date(occurredAtMs - 4_000).toISOString()
    return {
      kind: 'screening.record',
      schemaVersion: 1,
      id: v7({ msecs: occurredAtMs }),
      jurisdiction: post.jurisdiction,
      postId: post.id,
      lane: 1 + (index % post.lanes),
      startedAt: new Date(occurredAtMs - 14_000).toISOString(),
      occurredAt: new Date(occurredAtMs).toISOString(),
      responseId,
      rulesVersion: 1,
      conveyance: { kind: 'car', plate: `粤C${digits(index % 100_000, 5)}` },
      queueVehicles: index % 12,
      travellers: [1, 2].map((seat) => ({
        seat,
        name: `旅客${digits(index % 10_000, 4)}`,
        document: { kind: 'resident-id', number: `99999918000101${digits(index % 10_000, 4)}` },
        phone: `100${digits(index % 100_000_000, 8)}`,
        origin: { code: origins[(index + seat) % origins.length] ?? 442000, evidence: 'declared' },
        exposures: [],
        contactWithCase: false,
        readings: [{ at, method: 'forehead', temperatureCelsius: (index + seat) % 500 === 0 ? 37.6 : 36.5 }],
        symptoms: [],
      })),
    }
  })
