import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { type Box, emptyTally, operators, pointingSeconds, type Tally } from './keystroke-model.ts'

/** What the screen shows once it has answered a touch. */
export type Answer = string

/** Counts the frames' clock from the touch until the answer stands on the screen. A script, for it runs in the page. */
const arm = (page: Page, selector: Answer): Promise<void> =>
  page.evaluate(`void (globalThis.answered = new Promise((resolve) => {
    document.addEventListener('click', (event) => {
      const touchedAt = event.timeStamp
      const look = () => {
        if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look)
        else requestAnimationFrame((at) => resolve(at - touchedAt))
      }
      requestAnimationFrame(look)
    }, { once: true, capture: true })
  }))`)

const answered = (page: Page): Promise<number> => page.evaluate('globalThis.answered')

/** The same from the last key of a reader. A script, for no hand is as fast. */
const sent = async (page: Page, text: string, selector: Answer): Promise<number> => {
  const ms: number = await page.evaluate(`new Promise((resolve) => {
    for (const key of [...${JSON.stringify(text)}, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    const sentAt = performance.now()
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look)
      else requestAnimationFrame((at) => resolve(at - sentAt))
    }
    requestAnimationFrame(look)
  })`)
  return ms / 1_000
}

/**
 * A thumb that works by the model: it takes as long over each touch as the model says, so that the app's own meter sees
 * the same vehicle, and counts what it does.
 */
export const createThumb = (page: Page) => {
  let tally: Tally = emptyTally
  let at: Box | undefined
  const boxOf = async (target: Locator): Promise<Box> => {
    const box = await target.boundingBox()
    if (box === null) throw new Error('there is nothing to touch')
    return box
  }
  const touch = async (target: Locator, answer: Answer): Promise<number> => {
    await arm(page, answer)
    await target.click()
    return (await answered(page)) / 1_000
  }
  return {
    begin(): void {
      tally = emptyTally
      at = undefined
    },
    tally: (): Tally => tally,
    /** A character of an argument: a key beside the last. */
    async key(target: Locator, answer: Answer): Promise<void> {
      await pause(operators.K * 1_000)
      at = await boxOf(target)
      const responseSeconds = await touch(target, answer)
      tally = { ...tally, K: tally.K + 1, responseSeconds: tally.responseSeconds + responseSeconds }
    },
    /** What a reader at the keyboard sends at once; nothing is touched, and the screen's answer is waited for. */
    async reader(text: string, answer: Answer): Promise<void> {
      const responseSeconds = await sent(page, text, answer)
      tally = { ...tally, responseSeconds: tally.responseSeconds + responseSeconds }
    },
    /** A command: thought of, pointed at, pressed. */
    async command(target: Locator, answer: Answer): Promise<void> {
      const to = await boxOf(target)
      const pointing = pointingSeconds(at ?? to, to)
      await pause((operators.M + pointing + operators.B) * 1_000)
      at = to
      const responseSeconds = await touch(target, answer)
      tally = {
        B: tally.B + 1,
        M: tally.M + 1,
        P: tally.P + 1,
        K: tally.K,
        pointingSeconds: tally.pointingSeconds + pointing,
        responseSeconds: tally.responseSeconds + responseSeconds,
      }
    },
  }
}

export type Thumb = ReturnType<typeof createThumb>
