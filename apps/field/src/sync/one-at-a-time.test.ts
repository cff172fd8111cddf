import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const slow = () => {
  const state = { runs: 0, most: 0, under: 0, value: 0, seen: 0, fails: false }
  const run = oneAtATime(async () => {
    state.runs += 1
    state.under += 1
    state.most = Math.max(state.most, state.under)
    const { value } = state
    await new Promise((resolve) => setTimeout(resolve, 5))
    state.under -= 1
    state.seen = value
    if (state.fails) throw new Error('no')
  })
  return { state, run }
}

describe('one at a time', () => {
  it('runs twice for any number who ask while it runs, and they see what was there when they asked', async () => {
    const { state, run } = slow()
    const first = run()
    const others = Array.from({ length: 20 }, (_, n) => {
      state.value = n + 1
      return run()
    })
    await Promise.all([first, ...others])
    expect(state).toMatchObject({ runs: 2, most: 1, seen: 20 })
  })

  it('runs again after a failure', async () => {
    const { state, run } = slow()
    state.fails = true
    const [first, second] = [run(), run()]
    await expect(first).rejects.toThrow('no')
    await expect(second).rejects.toThrow('no')
    state.fails = false
    await run()
    expect(state.runs).toBe(3)
  })
})
