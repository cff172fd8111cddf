import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

export type RunningCli = {
  readonly process: ChildProcess
  readonly output: () => string
  /** Waits until the output holds a pattern. @throws Error where the command ends before */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly finished: Promise<Finished>
}

/** Starts `guankou` as a shell would, in an environment that holds nothing of the test's own settings. */
export const startCli = (args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCli => {
  const { PATH = '', HOME = '', TMPDIR = tmpdir(), NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const finished = once(child, 'close').then(
    ([code]): Finished => ({ code: code as number | null, stdout, stderr }),
  )
  let isOver = false
  void finished.then(() => {
    isOver = true
  })
  return {
    process: child,
    output: () => stdout,
    finished,
    until: async (pattern) => {
      for (;;) {
        const match = pattern.exec(stdout)
        if (match !== null) return match
        if (isOver) throw new Error(`it ended before it said ${pattern}: ${stdout}${stderr}`)
        await Promise.race([once(child.stdout, 'data'), finished])
      }
    },
  }
}

/** Runs `guankou` to its end. */
export const runCli = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> => startCli(args, env).finished
