/** Lines for the person at the terminal: English, then Chinese. All go to standard error unless told otherwise. */

/** A failure with a sentence to show and no stack: what went wrong and what to do next. */
export class LaunchFailure extends Error {
  /**
   * @param {string} en
   * @param {string} zh
   */
  constructor(en, zh) {
    super(`${en}\n${zh}`)
    this.name = 'LaunchFailure'
  }
}

/**
 * Runs a command of `bin/` and ends the process with its exit code; a `LaunchFailure` is shown as its sentence.
 * @param {() => Promise<number>} main
 * @param {(exitCode: number) => void} [beforeExit] for a last line
 */
export async function runMain(main, beforeExit = () => {}) {
  let exitCode = 1
  try {
    exitCode = await main()
  } catch (error) {
    process.stderr.write(`\n${error instanceof LaunchFailure ? error.message : (error?.stack ?? error)}\n`)
  }
  beforeExit(exitCode)
  process.exitCode = exitCode
}

/**
 * Writes how long a step has been going on, every second on a terminal and every half minute elsewhere.
 * @param {string} label
 * @param {NodeJS.WriteStream} [stream]
 * @returns {() => void} ends it
 */
export function showElapsed(label, stream = process.stderr) {
  const begin = Date.now()
  const isTerminal = stream.isTTY === true
  const timer = setInterval(
    () => {
      const seconds = Math.round((Date.now() - begin) / 1000)
      stream.write(isTerminal ? `\r      ${label} ${seconds} s ` : `      ${label} ${seconds} s\n`)
    },
    isTerminal ? 1_000 : 30_000,
  )
  return () => {
    clearInterval(timer)
    if (isTerminal) stream.write('\r\x1b[K')
  }
}
