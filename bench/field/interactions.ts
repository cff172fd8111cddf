import type { CDPSession, Locator, Page } from 'playwright-core'

/** What the browser does not tell because it was shorter, milliseconds. */
const leastToldMs = 16

/**
 * Counts how long interactions take, from the touch to the next picture, by the Event Timing API (W3C), which rounds to 8 ms and
 * keeps silent below 16: what it does not tell is taken as 16.
 */
export const watchInteractions = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const longest = new Map<number, number>()
    Object.assign(globalThis, { guankouInteractions: longest })
    const watcher = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as readonly {
        readonly interactionId: number
        readonly duration: number
      }[])
        if (entry.interactionId > 0)
          longest.set(entry.interactionId, Math.max(entry.duration, longest.get(entry.interactionId) ?? 0))
    })
    watcher.observe({ type: 'event', durationThreshold: 16 } as never)
  })
}

/** The interactions since the last call; those that were too short to be told are added. */
export const takeInteractions = async (page: Page, taps: number): Promise<number[]> => {
  const told = await page.evaluate(() => {
    const { guankouInteractions } = globalThis as unknown as { guankouInteractions: Map<number, number> }
    const values = [...guankouInteractions.values()]
    guankouInteractions.clear()
    return values
  })
  return [...told, ...Array<number>(Math.max(0, taps - told.length)).fill(leastToldMs)]
}

/** @param rate  how many times slower the page runs */
export const throttle = (session: CDPSession, rate: number): Promise<unknown> =>
  session.send('Emulation.setCPUThrottlingRate', { rate })

export const quantileOf = (values: readonly number[], share: number): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return value === undefined ? null : Math.round(value)
}

/** Processor time that the page's main thread has used, milliseconds; unlike a clock it does not see other programs. */
const busyMs = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

export const countProcessorTime = (session: CDPSession): Promise<unknown> =>
  session.send('Performance.enable', { timeDomain: 'threadTicks' })

const twoPictures =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))))'

/** A page whose touches note the processor time that each takes until the picture after it. */
export const notingTouches = (page: Page, session: CDPSession, noted: number[]): Page => {
  const noting = (locator: Locator): Locator =>
    new Proxy(locator, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name !== 'click') return typeof value === 'function' ? value.bind(target) : value
        return async () => {
          await target.waitFor()
          const before = await busyMs(session)
          await target.click()
          await page.evaluate(twoPictures)
          noted.push((await busyMs(session)) - before)
        }
      },
    })
  return new Proxy(page, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name === 'getByRole')
        return (...args: Parameters<Page['getByRole']>) => noting(target.getByRole(...args))
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Waits until the page has nothing to do. @returns processor time that it had used by then, milliseconds */
export const restedAfter = async (session: CDPSession): Promise<number> => {
  let before = -1
  let now = await busyMs(session)
  for (let looks = 0; looks < 60 && now - before > 20; looks += 1) {
    before = now
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    now = await busyMs(session)
  }
  return now
}
