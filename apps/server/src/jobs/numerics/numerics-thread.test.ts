import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createNumericsThread, type NumericsThread } from '#src/jobs/numerics/numerics-thread.ts'

let thread: NumericsThread
afterEach(() => thread.stop())

/** The answer to something that no thread computes: it names the question, and so says that it was heard. */
const ask = (name: string): Promise<unknown> =>
  thread.compute(name as never, undefined as never).catch((error: Error) => error.message)

describe('the numerics thread', () => {
  it('answers one question after the other', async () => {
    thread = createNumericsThread()
    const answers = await Promise.all(['a', 'b', 'c'].map(ask))
    expect(answers).toEqual(['no computation a', 'no computation b', 'no computation c'])
  })

  it('tells a value out of its range from another mistake', async () => {
    thread = createNumericsThread()
    const learn = (results: { day: string; counts: [number, number, number][] } | undefined) =>
      thread.compute('testing.learn', { state: null, results } as never).catch((error) => error)
    const day = '2020-02-01'
    const tooMany = await learn({ day, counts: [[840_200, 3, 5]] })
    expect(tooMany).toBeInstanceOf(RangeError)
    expect(tooMany.message).toBe('5 positives among 3 tests')
    const nothing = await learn(undefined)
    expect(nothing).toBeInstanceOf(Error)
    expect(nothing).not.toBeInstanceOf(RangeError)
    expect(await learn({ day, counts: [[840_200, 5, 3]] })).toMatchObject({ day, types: [840_200] })
  })

  it('answers questions that come while the rested thread is ending', async () => {
    thread = createNumericsThread(1)
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await ask(String(turn))).toBe(`no computation ${turn}`)
      await pause(turn % 4)
    }
  })

  it('answers nothing once it was stopped, and ends what waits', async () => {
    thread = createNumericsThread()
    const waits = ask('waits')
    await thread.stop()
    expect(await waits).not.toBe('no computation waits')
    expect(await ask('later')).not.toBe('no computation later')
  })
})
