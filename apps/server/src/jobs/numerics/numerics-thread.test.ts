import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createNumericsThread, type NumericsThread } from '#src/jobs/numerics/numerics-thread.ts'

const opened: Worker[] = []
const open = (): Worker => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  opened.push(worker)
  return worker
}

let thread: NumericsThread
afterEach(async () => {
  await thread.stop()
  opened.length = 0
})

/** The answer to something that no thread computes: it names the question, and so says that it was heard. */
const ask = (name = 'nothing'): Promise<unknown> =>
  thread.compute(name as never, undefined as never).catch((error: Error) => error.message)

describe('the numerics thread', () => {
  it('is begun with the first question and kept for those that follow soon', async () => {
    thread = createNumericsThread(60_000, open)
    expect(opened).toHaveLength(0)
    expect(await ask('first')).toBe('no computation first')
    expect(await ask('second')).toBe('no computation second')
    expect(opened).toHaveLength(1)
  })

  it('ends after a rest, and is begun again by the next question', async () => {
    thread = createNumericsThread(1, open)
    await ask()
    await pause(200)
    expect(opened[0]?.threadId, 'an ended thread has no number').toBe(-1)
    expect(await ask('later')).toBe('no computation later')
    expect(opened).toHaveLength(2)
  })

  it('answers a question that comes while the rested thread is ending', async () => {
    thread = createNumericsThread(0, open)
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await ask(String(turn))).toBe(`no computation ${turn}`)
      await pause(turn % 3)
    }
  })

  it('does not rest while it works', async () => {
    thread = createNumericsThread(0, open)
    const answers = await Promise.all(['a', 'b', 'c'].map(ask))
    expect(answers).toEqual(['no computation a', 'no computation b', 'no computation c'])
    expect(opened).toHaveLength(1)
  })

  it('answers nothing once it was stopped', async () => {
    thread = createNumericsThread(60_000, open)
    await thread.stop()
    expect(await ask()).toBe('the numerics thread was stopped')
  })
})
