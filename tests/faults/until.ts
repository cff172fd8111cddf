import { setTimeout as pause } from 'node:timers/promises'

const lookEveryMs = 25

/**
 * Looks again and again until something is there.
 * @param what  ends the sentence “waited in vain until …”   @param find  an error thrown by it counts as “not yet”
 * @throws Error where it is not there in time, with the last error as its cause
 */
export const until = async <T>(
  what: string,
  find: () => Promise<T | undefined> | T | undefined,
  withinMs: number,
): Promise<T> => {
  const endMs = performance.now() + withinMs
  let cause: unknown
  for (;;) {
    try {
      const found = await find()
      if (found !== undefined) return found
    } catch (error) {
      cause = error
    }
    if (performance.now() > endMs)
      throw new Error(`waited ${withinMs} ms in vain until ${what}`, cause === undefined ? {} : { cause })
    await pause(lookEveryMs)
  }
}
