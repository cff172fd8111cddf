import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../apps/server/src/cli/main.ts', import.meta.url))

const restartPauseMs = 150
const stopWithinMs = 30_000
const keptLines = 60

/** What the command line gets: its options, and `DATABASE_URL` where the database is not its own. */
export type CommandLine = { readonly dataFolder: string; readonly databaseUrl?: string }

const environmentOf = ({ databaseUrl }: CommandLine): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _, GUANKOU_MASTER_KEY: __, ...rest } = process.env
  return databaseUrl === undefined ? rest : { ...rest, DATABASE_URL: databaseUrl }
}

/** Ends the server when this process goes, however it goes: the system closes the pipe, and the shell sees it. */
const tether = (pid: number): (() => void) => {
  const shell = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$1"', 'guankou-fault-tether', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return () => shell.kill('SIGKILL')
}

type Run = {
  readonly child: ChildProcess
  readonly ended: Promise<number | NodeJS.Signals | null>
  isListening: boolean
  isKilled: boolean
}

export type KeptServer = {
  /** SIGKILL to the process that runs now; resolves when it is gone. False where none runs at this moment. */
  readonly kill: () => Promise<boolean>
  readonly isListening: () => boolean
  /** Starts so far, refused ones (no database yet) among them. */
  readonly starts: () => number
  /** Ends that nobody asked for, after it had begun to listen: each is a bug of the server. */
  readonly crashes: readonly string[]
  readonly lastLines: () => readonly string[]
  /** Asks it to stop and stops keeping it. @returns its exit code, or the signal that ended it */
  readonly stop: () => Promise<number | NodeJS.Signals | null>
}

const launch = (commandLine: CommandLine, port: number, keep: (line: string) => void): Run => {
  const args = ['serve', '--port', String(port), '--data-folder', commandLine.dataFolder]
  const child = spawn(process.execPath, [cli, ...args], {
    env: environmentOf(commandLine),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const untie = child.pid === undefined ? () => undefined : tether(child.pid)
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal))
    child.once('error', () => resolve(null))
  })
  void ended.then(untie)
  const run: Run = { child, ended, isListening: false, isKilled: false }
  createInterface({ input: child.stderr }).on('line', keep)
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('http://')) run.isListening = true
    keep(line)
  })
  return run
}

/** Runs `guankou serve` and starts it again whenever it ends, as a service manager does. */
export const keepServer = (commandLine: CommandLine, port: number): KeptServer => {
  const lines: string[] = []
  const crashes: string[] = []
  const keep = (line: string): void => {
    lines.push(line)
    if (lines.length > keptLines) lines.shift()
  }
  let isStopping = false
  let starts = 1
  let run = launch(commandLine, port, keep)
  const watch = async (): Promise<void> => {
    for (;;) {
      const end = await run.ended
      if (isStopping) return
      if (run.isListening && !run.isKilled) crashes.push(`${end}: ${lines.slice(-10).join('\n')}`)
      await pause(restartPauseMs)
      if (isStopping) return
      starts += 1
      run = launch(commandLine, port, keep)
    }
  }
  const watching = watch()
  const isRunning = (): boolean => run.child.exitCode === null && run.child.signalCode === null
  return {
    kill: async () => {
      if (!isRunning()) return false
      run.isKilled = true
      run.child.kill('SIGKILL')
      await run.ended
      return true
    },
    isListening: () => run.isListening && isRunning(),
    starts: () => starts,
    crashes,
    lastLines: () => lines,
    stop: async () => {
      isStopping = true
      run.child.kill('SIGTERM')
      const escalation = setTimeout(() => run.child.kill('SIGKILL'), stopWithinMs)
      await watching
      const end = await run.ended
      clearTimeout(escalation)
      return end
    },
  }
}

/** Runs another command beside the server. @returns its exit code and what it wrote */
export const runBeside = (
  commandLine: CommandLine,
  args: readonly string[],
): Promise<{ readonly exitCode: number | null; readonly output: string }> =>
  new Promise((resolve) => {
    const options = { env: environmentOf(commandLine), timeout: 60_000 }
    const all = [cli, ...args, '--data-folder', commandLine.dataFolder]
    const child = execFile(process.execPath, all, options, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    )
  })
