import type { MatchKind, MatchList } from '@guankou/contract/matching/match-list.ts'
import { type MatchReason, matchReasons } from '@guankou/contract/matching/reasons.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestDigits, falseMatches, falseMatchRate } from './digest-length.ts'
import { groupEntries, type MatchEntry } from './group-entries.ts'
import { digestedText, holdsDigest, matchesOf, type Shown } from './matches-of.ts'

const nowMs = Date.parse('2020-02-10T04:00:00.000Z')
const later = '2020-02-20T04:00:00.000Z'
const earlier = '2020-02-09T04:00:00.000Z'

/** A digest for tests that spreads like a keyed one: FNV-1a over key and text, four times over. */
const fakeDigest = (key: string, text: string): string =>
  [0, 1, 2, 3]
    .map((round) => {
      let hash = 2_166_136_261 ^ round
      for (const character of `${round}${key}|${text}|${round}`)
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
      hash ^= hash >>> 15
      hash = Math.imul(hash, 2_246_822_507)
      hash ^= hash >>> 13
      return (hash >>> 0).toString(16).padStart(8, '0')
    })
    .join('')

const numbers = fc.string({ unit: fc.constantFrom(...'0123456789ABCX'), minLength: 6, maxLength: 18 })
const entries = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom<MatchKind>('plate', 'document'),
    number: numbers,
    reason: fc.constantFrom<MatchReason>(...matchReasons),
    until: fc.constantFrom(later, earlier),
  }),
  { maxLength: 40, selector: ({ kind, number }) => `${kind}${number}` },
)

type Entry = Shown & { readonly reason: MatchReason; readonly until: string }

const listOf = (id: string, of: readonly Entry[]): MatchList => {
  const digits = digestDigits(of.length)
  const digested: MatchEntry[] = of.map(({ kind, number, reason, until }) => ({
    kind,
    reason,
    until,
    digest: fakeDigest(id, digestedText({ kind, number })),
  }))
  return {
    id,
    title: { zh: '名单', en: 'List' },
    digits,
    keyCheck: '0'.repeat(16),
    groups: groupEntries(digested, digits),
  }
}

const digestOf = async ({ id }: { readonly id: string }, text: string): Promise<string> =>
  fakeDigest(id, text)

describe('matching', () => {
  it('finds everybody who is on a list and has not run out, with the reason', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (of) => {
        const content = { matching: [listOf('a', of)] }
        for (const { kind, number, reason, until } of of) {
          const found = await matchesOf(content, { kind, number }, digestOf, nowMs)
          if (until === later) expect(found.map((match) => match.reason)).toEqual([reason])
        }
      }),
    )
  })

  it('finds nobody once the entry has ended, however old the pack is', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (of) => {
        const content = {
          matching: [
            listOf(
              'a',
              of.map((each) => ({ ...each, until: earlier })),
            ),
          ],
        }
        for (const each of of) expect(await matchesOf(content, each, digestOf, nowMs)).toEqual([])
      }),
    )
  })

  it('does not care how a number is written', async () => {
    const content = {
      matching: [listOf('a', [{ kind: 'plate', number: '粤C12345', reason: 'to-be-reached', until: later }])],
    }
    for (const number of ['粤c·12345', ' 粤C 123-45', '粤Ｃ12345'])
      expect(await matchesOf(content, { kind: 'plate', number }, digestOf, nowMs)).toHaveLength(1)
    expect(await matchesOf(content, { kind: 'document', number: '粤C12345' }, digestOf, nowMs)).toEqual([])
  })

  it('says nothing of a list whose key is not at hand, and of an empty number', async () => {
    const content = {
      matching: [listOf('a', [{ kind: 'plate', number: 'A1234', reason: 'to-be-reached', until: later }])],
    }
    const shown: Shown = { kind: 'plate', number: 'A1234' }
    expect(await matchesOf(content, shown, async () => undefined, nowMs)).toEqual([])
    expect(await matchesOf(content, { kind: 'plate', number: ' - ' }, digestOf, nowMs)).toEqual([])
    expect(await matchesOf({}, shown, digestOf, nowMs)).toEqual([])
  })

  it('keeps no trace of the order in which entries were brought', () => {
    fc.assert(
      fc.property(entries, (of) => {
        expect(listOf('a', [...of].reverse())).toEqual(listOf('a', of))
      }),
    )
  })
})

describe('digests that stand one after the other', () => {
  it('hold exactly those that were put in', () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(fc.uniqueArray(hex, { maxLength: 50 }), hex, (some, other) => {
        const text = [...some].sort().join('')
        for (const each of some) expect(holdsDigest(text, 7, `${each}ffff`)).toBe(true)
        expect(holdsDigest(text, 7, other)).toBe(some.includes(other))
      }),
    )
  })
})

describe('the length of digests', () => {
  it('keeps false matches under the rate, with no digit to spare', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (count) => {
        const digits = digestDigits(count)
        expect(falseMatches(count, digits)).toBeLessThanOrEqual(falseMatchRate * 1.000_001)
        if (digits > 4) expect(falseMatches(count, digits - 1)).toBeGreaterThan(falseMatchRate * 0.99)
      }),
    )
  })

  it('is seen in the rate at which strangers match', async () => {
    const on = Array.from(
      { length: 2_000 },
      (_, n): Entry => ({
        kind: 'document',
        number: `4404021990${String(n).padStart(8, '0')}`,
        reason: 'to-be-reached',
        until: later,
      }),
    )
    const list = { ...listOf('a', on), digits: 4 }
    const cut = {
      ...list,
      groups: groupEntries(
        on.map(({ number, ...each }) => ({
          ...each,
          digest: fakeDigest('a', digestedText({ kind: 'document', number })),
        })),
        4,
      ),
    }
    let hits = 0
    const strangers = 4_000
    for (let n = 0; n < strangers; n += 1) {
      const shown: Shown = { kind: 'document', number: `9999991800${String(n).padStart(8, '0')}` }
      if ((await matchesOf({ matching: [cut] }, shown, digestOf, nowMs)).length > 0) hits += 1
    }
    const expected = falseMatches(2_000, 4) * strangers
    expect(Math.abs(hits - expected)).toBeLessThan(4 * Math.sqrt(expected))
  })
})
