import { describe, expect, it } from 'vitest'
import { createPackShelf } from './pack-shelf.ts'

const filler = Array.from({ length: 400 }, (_, n) => `post ${n} at ${(n * 7919) % 10_007}`).join(';')

const shelfOf = () => {
  const state = { text: `a${filler}`, elapsedMs: 0, builds: 0 }
  const shelf = createPackShelf({
    build: async () => {
      state.builds += 1
      return state.text
    },
    elapsedMs: () => state.elapsedMs,
  })
  return { state, shelf }
}

describe('the shelf of packs', () => {
  it('builds once for all who ask at once, and again after a while', async () => {
    const { state, shelf } = shelfOf()
    await Promise.all(Array.from({ length: 100 }, () => shelf.current(440400)))
    await shelf.current(440400)
    expect(state.builds).toBe(1)
    state.elapsedMs += 1_000
    await shelf.current(440400)
    expect(state.builds).toBe(2)
  })

  it('shows what was changed here to whoever asks next, also while one is being built', async () => {
    const { state, shelf } = shelfOf()
    const before = shelf.current(440400)
    state.text = `b${filler}`
    shelf.forget()
    const [old, next] = [await before, await shelf.current(440400)]
    expect(old.text[0]).toBe('a')
    expect(next.text[0]).toBe('b')
    expect((await shelf.current(440400)).version).toBe(next.version)
  })

  it('keeps versions for deltas, but not for ever', async () => {
    const { state, shelf } = shelfOf()
    const versions: string[] = []
    for (let n = 0; n < 30; n += 1) {
      state.text = `${n}${filler}`
      shelf.forget()
      versions.push((await shelf.current(440400)).version)
    }
    const newest = versions.at(-1) ?? ''
    expect(await shelf.find(440400, versions[29 - 5] ?? '')).toBeDefined()
    expect(await shelf.find(440400, versions[0] ?? '')).toBeUndefined()
    expect((await shelf.delta(440400, versions[20] ?? '', newest))?.plain.length).toBeLessThan(100)
    expect(await shelf.delta(440400, versions[0] ?? '', newest)).toBeUndefined()
  })

  it('gives no delta that is not smaller than the content', async () => {
    const { state, shelf } = shelfOf()
    const old = await shelf.current(440400)
    state.text = 'nothing like it'
    shelf.forget()
    const next = await shelf.current(440400)
    expect(await shelf.delta(440400, old.version, next.version)).toBeUndefined()
  })
})
