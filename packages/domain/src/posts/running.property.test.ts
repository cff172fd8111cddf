import type { ShownHappening } from '@guankou/contract/posts/record-post-fact.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeptFact } from './kept-fact.ts'
import { meanLanesOpen } from './lanes.ts'
import { officersAt, runningAt } from './post-running.ts'
import { isReinforcing } from './reinforcement.ts'

const startMs = Date.parse('2020-02-10T00:00:00.000Z')
const minute = 60_000
const officers = ['a', 'b', 'c']
const ids = Array.from({ length: 40 }, (_, at) => `fact-${String(at).padStart(2, '0')}`)
const untilMs = startMs + 600 * minute

const officer = fc.constantFrom(...officers)
const factId = fc.constantFrom(...ids)
const count = fc.integer({ min: 1, max: 9 })
const health = fc.constantFrom(
  { is: 'checked' } as const,
  { is: 'skipped', reason: 'no-thermometer' } as const,
)
const item = fc.constantFrom('masks', 'gloves') as fc.Arbitrary<'masks' | 'gloves'>
const word = <W extends ShownHappening['is']>(is: W) => fc.constant(is)

const happening: fc.Arbitrary<ShownHappening> = fc.oneof(
  fc.record({ is: word('clocked-in'), health }),
  fc.record({ is: word('clocked-out'), officerId: officer }),
  fc.record({ is: word('lane-set'), lane: fc.integer({ min: 1, max: 4 }), open: fc.boolean() }),
  fc.record({ is: word('queue-seen'), vehicles: count }),
  fc.record({ is: word('reinforcement-requested'), officers: count, reason: fc.constant('order' as const) }),
  fc.record({
    is: word('reinforcement-sent'),
    requestId: factId,
    officers: count,
    unit: fc.constant('unit'),
    officerIds: fc.uniqueArray(officer),
    until: fc.constant(new Date(untilMs).toISOString()),
  }),
  fc.record({ is: word('reinforcement-arrived'), sentId: factId, officerId: officer }),
  fc.record({ is: word('reinforcement-left'), sentId: factId, officerId: officer }),
  fc.record({ is: word('reinforcement-arrived'), sentId: factId, others: count }),
  fc.record({ is: word('reinforcement-left'), sentId: factId, others: count }),
  fc.record({ is: word('supply-counted'), item, quantity: count }),
  fc.record({ is: word('supply-requested'), item, quantity: count }),
  fc.record({ is: word('supply-received'), item, quantity: count, requestId: factId }),
  fc.record({ is: word('book-written'), text: fc.constant('text'), open: fc.boolean() }),
  fc.record({ is: word('book-settled'), entryId: factId }),
  fc.record({ is: word('book-taken-over'), entryIds: fc.array(factId, { minLength: 1, maxLength: 3 }) }),
  fc.record({ is: word('withdrawn'), factId }),
)

const facts: fc.Arbitrary<readonly KeptFact[]> = fc
  .array(
    fc.record({
      postId: fc.integer({ min: 1, max: 3 }),
      occurredAtMs: fc.integer({ min: 0, max: 500 }).map((at) => startMs + at * minute),
      makerId: officer,
      byLead: fc.boolean(),
      happening,
    }),
    { maxLength: 40 },
  )
  .map((drawn) => drawn.map((fact, at) => ({ ...fact, id: ids[at] ?? '' })))

const instant = fc.integer({ min: 0, max: 700 }).map((at) => startMs + at * minute)

const shuffled = (of: readonly KeptFact[]) =>
  fc.shuffledSubarray([...of], { minLength: of.length, maxLength: of.length })

describe('how a post runs', () => {
  it('does not depend on the order in which facts came, nor on how often', () => {
    fc.assert(
      fc.property(
        facts.chain((drawn) => fc.tuple(fc.constant(drawn), shuffled(drawn), shuffled(drawn))),
        instant,
        ([drawn, one, other], atMs) => {
          expect(runningAt([...one, ...other], atMs)).toEqual(runningAt(drawn, atMs))
        },
      ),
    )
  })

  it('is told of an instant by what happened until then alone', () => {
    fc.assert(
      fc.property(facts, instant, (drawn, atMs) => {
        const until = drawn.filter(({ occurredAtMs }) => occurredAtMs <= atMs)
        expect(runningAt(drawn, atMs)).toEqual(runningAt(until, atMs))
      }),
    )
  })

  it('knows no officer on two posts at once without marking both', () => {
    fc.assert(
      fc.property(facts, instant, (drawn, atMs) => {
        const present = [...runningAt(drawn, atMs).values()].flatMap(({ crew }) => crew)
        for (const { officerId, postId, alsoAt } of present) {
          const others = present.filter((each) => each.officerId === officerId && each.postId !== postId)
          expect(alsoAt).toEqual(others.map((each) => each.postId).sort())
        }
        const once = new Set(present.map(({ officerId, postId }) => `${officerId} ${postId}`))
        expect(once.size).toBe(present.length)
      }),
    )
  })

  it('has no number below nothing: lanes, officers, supplies', () => {
    fc.assert(
      fc.property(facts, instant, (drawn, atMs) => {
        for (const { lanes, reinforcement, supplies } of runningAt(drawn, atMs).values()) {
          expect(new Set(lanes.open).size).toBe(lanes.open.length)
          expect(lanes.open.every((lane) => lane >= 1 && lane <= 4)).toBe(true)
          const { wanted, underWay, present, dispatches } = reinforcement
          for (const counted of [wanted, underWay, present]) expect(counted).toBeGreaterThanOrEqual(0)
          for (const { arrived, left } of dispatches) expect(left).toBeLessThanOrEqual(arrived)
          for (const { quantity, awaited } of supplies) {
            expect(quantity ?? 0).toBeGreaterThanOrEqual(0)
            expect(awaited).toBeGreaterThanOrEqual(0)
          }
        }
      }),
    )
  })

  it('has as many lanes on average as are open all the time, and never more than there are', () => {
    fc.assert(
      fc.property(facts, (drawn) => {
        const standing = drawn
          .filter(({ postId }) => postId === 1)
          .toSorted((a, b) => a.occurredAtMs - b.occurredAtMs)
        const mean = meanLanesOpen(standing, startMs + 100 * minute, startMs + 200 * minute)
        if (mean === undefined) return
        expect(mean).toBeGreaterThanOrEqual(0)
        expect(mean).toBeLessThanOrEqual(4)
      }),
    )
    const lane = (at: number, open: boolean): KeptFact => ({
      id: `${at}`,
      postId: 1,
      occurredAtMs: startMs + at * minute,
      makerId: 'a',
      byLead: false,
      happening: { is: 'lane-set', lane: 1, open },
    })
    expect(meanLanesOpen([lane(0, true), lane(30, false)], startMs, startMs + 60 * minute)).toBe(0.5)
  })
})

describe('an officer of another area', () => {
  it('reinforces a post only where a dispatch names them, they have come and not left, and until it ends', () => {
    fc.assert(
      fc.property(facts, officer, instant, (drawn, who, atMs) => {
        const own = drawn.filter(({ postId }) => postId === 1)
        if (!isReinforcing(own, who, atMs)) return
        const named = own.filter(
          ({ happening: told }) => told.is === 'reinforcement-sent' && told.officerIds.includes(who),
        )
        const came = own.filter(
          ({ happening: told, occurredAtMs }) =>
            told.is === 'reinforcement-arrived' &&
            told.officerId === who &&
            named.some(({ id }) => id === told.sentId) &&
            occurredAtMs <= atMs,
        )
        expect(came.length).toBeGreaterThan(0)
        expect(atMs).toBeLessThan(untilMs)
      }),
    )
  })

  it('is outside again the millisecond after leaving, and inside when coming back', () => {
    const fact = (id: string, at: number, told: ShownHappening): KeptFact => ({
      id,
      postId: 1,
      occurredAtMs: startMs + at * minute,
      makerId: 'lead',
      byLead: true,
      happening: told,
    })
    const course = [
      fact('1', 0, {
        is: 'reinforcement-sent',
        officers: 1,
        unit: 'unit',
        officerIds: ['a'],
        until: new Date(untilMs).toISOString(),
      }),
      fact('2', 10, { is: 'reinforcement-arrived', sentId: '1', officerId: 'a' }),
      fact('3', 20, { is: 'reinforcement-left', sentId: '1', officerId: 'a' }),
      fact('4', 30, { is: 'reinforcement-arrived', sentId: '1', officerId: 'a' }),
    ]
    const inside = (atMs: number) => isReinforcing(course, 'a', atMs)
    const at = (minutes: number) => startMs + minutes * minute
    expect([9, 10, 15, 20].map((minutes) => inside(at(minutes)))).toEqual([false, true, true, true])
    expect([inside(at(20) + 1), inside(at(29)), inside(at(30))]).toEqual([false, false, true])
    expect([inside(untilMs - 1), inside(untilMs)]).toEqual([true, false])
    expect(isReinforcing(course, 'b', at(15))).toBe(false)
  })

  it('counts as on post as long as they are there, by name and by number, and never after the dispatch', () => {
    const untilAt = 100
    const fact = (id: string, at: number, told: ShownHappening): KeptFact => ({
      id,
      postId: 1,
      occurredAtMs: startMs + at * minute,
      makerId: 'lead',
      byLead: true,
      happening: told,
    })
    const sent = fact('1', 0, {
      is: 'reinforcement-sent',
      officers: 4,
      unit: 'unit',
      officerIds: ['a', 'b'],
      until: new Date(startMs + untilAt * minute).toISOString(),
    })
    const course = [
      sent,
      fact('2', 10, { is: 'reinforcement-arrived', sentId: '1', officerId: 'a' }),
      fact('3', 11, { is: 'reinforcement-arrived', sentId: '1', officerId: 'b' }),
      fact('4', 12, { is: 'reinforcement-arrived', sentId: '1', others: 2 }),
      fact('5', 20, { is: 'reinforcement-left', sentId: '1', officerId: 'a' }),
      fact('6', 30, { is: 'reinforcement-arrived', sentId: '1', officerId: 'a' }),
      fact('7', 40, { is: 'clocked-out', officerId: 'b' }),
      fact('8', 50, { is: 'reinforcement-left', sentId: '1', others: 1 }),
    ]
    const at = (minutes: number, facts = course) => {
      const running = runningAt(facts, startMs + minutes * minute).get(1)
      if (running === undefined) throw new Error('the post has facts')
      const [dispatch] = running.reinforcement.dispatches
      return [officersAt(running), running.reinforcement.present, dispatch?.arrived, dispatch?.left]
    }
    expect(at(15)).toEqual([4, 4, 4, 0])
    expect(at(25)).toEqual([3, 3, 4, 1])
    expect(at(35)).toEqual([4, 4, 4, 0])
    expect(at(45)).toEqual([3, 3, 4, 0])
    expect(at(60)).toEqual([2, 2, 4, 1])
    expect(at(untilAt)).toEqual([0, 0, 4, 1])
    // Who says after its end that they are on duty is of the crew like anybody.
    const stays = fact('9', untilAt + 5, { is: 'clocked-in', health: { is: 'checked' } })
    expect(at(untilAt + 6, [...course, { ...stays, makerId: 'a' }])[0]).toBe(1)
    const takenBack = fact('10', 60, { is: 'withdrawn', factId: '1' })
    expect(at(61, [...course, takenBack]).slice(0, 2)).toEqual([0, 0])
  })

  it('is stopped by withdrawing the dispatch', () => {
    const sent: KeptFact = {
      id: '1',
      postId: 1,
      occurredAtMs: startMs,
      makerId: 'planner',
      byLead: false,
      happening: {
        is: 'reinforcement-sent',
        officers: 1,
        unit: 'unit',
        officerIds: ['a'],
        until: new Date(untilMs).toISOString(),
      },
    }
    const arrived: KeptFact = {
      ...sent,
      id: '2',
      makerId: 'a',
      happening: { is: 'reinforcement-arrived', sentId: '1', officerId: 'a' },
    }
    const withdrawn: KeptFact = { ...sent, id: '3', happening: { is: 'withdrawn', factId: '1' } }
    expect(isReinforcing([sent, arrived], 'a', startMs + minute)).toBe(true)
    expect(isReinforcing([sent, arrived, withdrawn], 'a', startMs + minute)).toBe(false)
    // Somebody else’s word does not take it back.
    const forged = { ...withdrawn, makerId: 'a' }
    expect(isReinforcing([sent, arrived, forged], 'a', startMs + minute)).toBe(true)
  })
})
