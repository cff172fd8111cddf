import { describe, expect, it } from 'vitest'
import { afterKey, type KeyState, shortcuts } from '#src/keys/shortcuts.ts'
import { textsZh } from '#src/texts/zh.ts'

const type = (...presses: readonly (readonly [key: string, atMs: number])[]) => {
  let state: KeyState = null
  let does: string | undefined
  for (const [key, atMs] of presses) ({ state, does } = afterKey(state, { key, atMs, elsewhere: false }))
  return does
}

describe('shortcuts', () => {
  it('act on one key or on two in a row', () => {
    expect(type(['?', 0])).toBe('help')
    expect(type(['g', 0], ['p', 500])).toBe('posts')
    expect(type(['g', 0], ['g', 100], ['d', 200])).toBe('devices')
  })

  it('forget the first key after a while, and do nothing for keys that are none', () => {
    expect(type(['g', 0], ['s', 5_000])).toBeUndefined()
    expect(type(['q', 0])).toBeUndefined()
  })

  it('leave keys with modifiers and keys typed into fields alone', () => {
    expect(afterKey(null, { key: 't', atMs: 0, elsewhere: true }).does).toBeUndefined()
  })

  it('are each listed once and named', () => {
    expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length)
    expect(shortcuts.filter(({ does }) => !(does in textsZh.keys))).toEqual([])
  })
})
