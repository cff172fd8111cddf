import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleWedge, leastKeys, longestPauseMs, mostKeys, type WedgeKey, wedgeStep } from './wedge.ts'

const readsOf = (keys: readonly WedgeKey[]): readonly string[] => {
  let state = idleWedge
  const reads: string[] = []
  for (const key of keys) {
    const step = wedgeStep(state, key)
    state = step.state
    if (step.read !== undefined) reads.push(step.read)
  }
  return reads
}

/** Keys one after the other, each with its pause before it. */
const timed = (keys: readonly string[], pauses: readonly number[], startMs = 0): WedgeKey[] => {
  let atMs = startMs
  return keys.map((key, at) => {
    atMs += at === 0 ? 0 : (pauses[at % pauses.length] ?? 0)
    return { key, atMs }
  })
}

const text = fc.stringMatching(/^[0-9A-Z<]{6,90}$/)
const fastPauses = fc.array(fc.integer({ min: 0, max: longestPauseMs }), { minLength: 1, maxLength: 9 })
const slowPauses = fc.array(fc.integer({ min: longestPauseMs + 1, max: 900 }), { minLength: 1, maxLength: 9 })
const anyKey = fc.oneof(
  fc.constantFrom('Enter', 'Tab', 'Backspace', 'Shift', 'ArrowLeft', 'Escape', 'F5'),
  fc.stringMatching(/^[0-9A-Za-z<粤]$/),
)

describe('a reader at the keyboard', () => {
  it('is read once, whole, whatever was typed by hand before and after', () => {
    fc.assert(
      fc.property(text, fastPauses, text, slowPauses, (burst, fast, hand, slow) => {
        const before = timed([...hand], slow)
        const start = (before.at(-1)?.atMs ?? 0) + longestPauseMs + 1
        const during = timed([...burst, 'Enter'], fast, start)
        const after = timed([...hand, 'Enter'], slow, (during.at(-1)?.atMs ?? 0) + 1)
        expect(readsOf([...before, ...during, ...after])).toEqual([burst])
      }),
    )
  })

  it('may hold Shift for its capitals', () => {
    const keys = [...'E12345678'].flatMap((key) => (key === 'E' ? ['Shift', key] : [key]))
    expect(readsOf(timed([...keys, 'Enter'], [4]))).toEqual(['E12345678'])
  })
})

describe('typing by hand', () => {
  it('is never taken for a reader, however long', () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 200 }), slowPauses, (keys, slow) => {
        expect(readsOf(timed(keys, slow))).toEqual([])
      }),
    )
  })

  it('of a few keys in a run, as from a roll over the keys, is none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z]{1,5}$/), fastPauses, (few, fast) => {
        expect(few.length).toBeLessThan(leastKeys)
        expect(readsOf(timed([...few, 'Enter'], fast))).toEqual([])
      }),
    )
  })
})

describe('the machine', () => {
  it('never holds more than the longest burst, and never reads what was not typed', () => {
    const keys = fc.array(fc.tuple(anyKey, fc.integer({ min: 0, max: 60 })), { maxLength: 300 })
    fc.assert(
      fc.property(keys, (typed) => {
        let atMs = 0
        let state = idleWedge
        let typedText = ''
        for (const [key, pause] of typed) {
          atMs += pause
          if ([...key].length === 1) typedText += key
          const step = wedgeStep(state, { key, atMs })
          state = step.state
          expect([...state.text].length).toBeLessThanOrEqual(mostKeys)
          if (step.read !== undefined) expect(typedText).toContain(step.read)
        }
      }),
    )
  })

  it('is not fooled by a clock that goes back', () => {
    const keys = [...'123456789'].map((key, at) => ({ key, atMs: 1000 - at * 50 }))
    expect(readsOf([...keys, { key: 'Enter', atMs: 0 }])).toEqual([])
  })
})
