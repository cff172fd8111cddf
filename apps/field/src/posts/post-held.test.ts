import type { KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import { describe, expect, it } from 'vitest'
import { heldRunning, nothingHeld, type PostHeld, sentTo, withoutKnown } from './post-held.ts'

const nowMs = Date.parse('2020-02-10T04:00:00.000Z')
const lane = (id: string, minutesAgo: number, open: boolean, postId = 1): KeptFact => ({
  id,
  postId,
  occurredAtMs: nowMs - minutesAgo * 60_000,
  makerId: 'officer',
  byLead: false,
  happening: { is: 'lane-set', lane: 1, open },
})

const viewOf = (facts: readonly KeptFact[]): NonNullable<PostHeld['view']> => ({
  postId: 1,
  asOf: new Date(nowMs).toISOString(),
  day: '2020-02-10',
  facts: facts.map(({ occurredAtMs, ...fact }) => ({
    ...fact,
    occurredAt: new Date(occurredAtMs).toISOString(),
    recordedAt: new Date(occurredAtMs).toISOString(),
  })),
  officers: [],
  flow: { windowMinutes: 60, vehicles: 0, meanSecondsPerVehicle: null, lastScreeningAt: null },
  queueSeen: null,
  wait: { is: 'unknown', why: 'nothing-recorded' },
  slots: [],
  handoversOpen: 0,
  devices: [],
})

describe('what a phone holds of its post', () => {
  it('shows what was recorded here before the server tells it, and once after it does', () => {
    const opened = lane('a', 10, true)
    const closed = lane('b', 5, false)
    const held = { ...nothingHeld, postId: 1, view: viewOf([opened]), own: [opened, closed] }
    expect(heldRunning(held, nowMs).lanes.open).toEqual([])
    const told = withoutKnown({ ...held, view: viewOf([opened, closed]) }, new Set(), nowMs)
    expect(told.own).toEqual([])
    expect(heldRunning(told, nowMs).lanes.open).toEqual([])
  })

  it('drops what the server refused, and shows nothing of another post', () => {
    const held = { ...nothingHeld, postId: 1, own: [lane('a', 10, true), lane('c', 4, true, 2)] }
    expect(heldRunning(held, nowMs).lanes.open).toEqual([1])
    expect(withoutKnown(held, new Set(['a']), nowMs).own.map(({ id }) => id)).toEqual(['c'])
  })

  it('knows whether its holder has come to where they were sent, from what is on the phone alone', () => {
    const post = { id: 7, jurisdiction: 440403, type: 'road-main', name: { zh: '', en: '' } }
    const dispatch = { id: 'sent', until: new Date(nowMs + 3_600_000).toISOString(), post }
    const moved = (id: string, minutesAgo: number, is: 'reinforcement-arrived' | 'reinforcement-left') => ({
      ...lane(id, minutesAgo, true, 7),
      happening: { is, sentId: 'sent', officerId: 'me' } as const,
    })
    const held = (own: readonly KeptFact[]) =>
      ({ ...nothingHeld, accountId: 'me', dispatches: [dispatch], own }) as unknown as PostHeld
    const came = moved('a', 30, 'reinforcement-arrived')
    const left = moved('b', 20, 'reinforcement-left')
    const back = moved('c', 10, 'reinforcement-arrived')
    const states = [[], [came], [came, left], [left, back, came]].map(
      (own) => sentTo(held(own), 7, nowMs)?.is,
    )
    expect(states).toEqual(['expected', 'there', 'gone', 'there'])
    expect(sentTo(held([]), 8, nowMs)).toBeUndefined()
    expect(sentTo(held([came]), 7, nowMs + 3_600_000)).toBeUndefined()
  })
})
