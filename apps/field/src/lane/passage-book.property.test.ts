import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownPassage } from './known-vehicle.ts'
import { lastAboard, unnamedAboard, vehicleOf } from './known-vehicle.ts'
import { createPassageBook } from './passage-book.ts'

const passage = fc.record({
  screeningId: fc.uuid({ version: 7 }),
  occurredAtMs: fc.integer({ min: 0, max: 1_000 }),
  postId: fc.constant(1),
  kind: fc.constant('car' as const),
  people: fc.integer({ min: 1, max: 9 }),
  occupants: fc.constant([] as KnownPassage['occupants']),
})
const plate = fc.stringMatching(/^粤[CT][0-9A-F]{5}$/)
const learned = fc.array(fc.tuple(plate, passage), { maxLength: 40 })

const bookOf = (entries: readonly (readonly [string, KnownPassage])[]) => {
  const book = createPassageBook()
  for (const [of, one] of entries) book.learn(of, [one])
  return book
}

describe('the book of passages', () => {
  it('finds of a plate every passage, newest first', () => {
    fc.assert(
      fc.property(learned, (entries) => {
        const book = bookOf(entries)
        for (const [of] of entries) {
          const times = book.find(of)?.passages.map(({ occurredAtMs }) => occurredAtMs) ?? []
          const expected = entries.filter(([other]) => other === of).map(([, one]) => one.occurredAtMs)
          expect(times).toEqual(expected.sort((a, b) => b - a))
        }
      }),
    )
  })

  it('matches by beginning or end, three at most, and nothing by a single character', () => {
    fc.assert(
      fc.property(learned, fc.stringMatching(/^[0-9A-F]{0,4}$/), (entries, typed) => {
        const found = bookOf(entries).match(`粤C${typed}`, '粤C')
        expect(found.length).toBeLessThanOrEqual(3)
        if (typed.length < 2) expect(found).toEqual([])
        for (const vehicle of found)
          expect(vehicle.plate.startsWith(`粤C${typed}`) || vehicle.plate.endsWith(typed)).toBe(true)
      }),
    )
  })

  it('forgets what was taken back and nothing else', () => {
    fc.assert(
      fc.property(learned, plate, passage, (entries, of, gone) => {
        const before = bookOf(entries).find(of)
        const book = bookOf([...entries, [of, gone]])
        book.forget(gone.screeningId)
        expect(book.find(of)).toEqual(before)
      }),
    )
  })
})

describe('a vehicle that was here before', () => {
  it('counts as aboard as many as there were, named or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.option(fc.constantFrom('王**', '李*', '陈*'), { nil: undefined }), { maxLength: 9 }),
        (people, names) => {
          const aboard = names.slice(0, people)
          const vehicle = vehicleOf('粤C12345', [
            {
              screeningId: 'a',
              occurredAtMs: 1,
              postId: 1,
              kind: 'car',
              people,
              occupants: aboard.map((name, index) => ({
                sameAs: { screeningId: 'a', seat: index + 1 },
                originCode: 440400,
                document: `****000${index}`,
                ...(name === undefined ? {} : { name }),
              })),
            },
          ])
          if (vehicle === undefined) throw new Error('a vehicle with a passage is known')
          expect(lastAboard(vehicle).length + unnamedAboard(vehicle)).toBe(people)
        },
      ),
    )
  })
})
