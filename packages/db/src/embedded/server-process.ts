import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClusterContext } from './cluster.ts'
import { type FailureKind, kindOfFailure, launchErrorOf } from './failure.ts'
import { type Guard, postGuard } from './guard.ts'
import type { LaunchError } from './launch-error.ts'
import { askToStop, fastStopMilliseconds, type StopMode } from './leftover.ts'
import { reachFolder } from './postgres-user.ts'
import { readPostmasterNote } from './postmaster-file.ts'
import { programEnvironment } from './program.ts'
import { openServerLog, type ServerLog } from './server-log.ts'
import { fixedSettings, settingArguments } from './settings.ts'

/** How the server ended: exit code, or the signal that ended it. */
export type ServerExit = { readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }

/** A PostgreSQL that accepts connections. */
export type ServerProcess = {
  readonly pid: number
  readonly exited: Promise<ServerExit>
  /** What it wrote to its log in this run; settles when it has ended. */
  readonly lastWords: Promise<readonly string[]>
  /** Resolves once no process of it is left. */
  stop(mode: StopMode): Promise<void>
}

export type LaunchAttempt =
  | { readonly isRunning: true; readonly server: ServerProcess }
  | { readonly isRunning: false; readonly kind: FailureKind; readonly error: LaunchError }

const pollMilliseconds = 10

/**
 * Starts `postgres` and waits until it accepts connections or has ended. Recovery after a crash may take minutes; as
 * long as it is at work it is waited for.
 */
export async function launchServer(context: ClusterContext, port: number): Promise<LaunchAttempt> {
  const { paths } = context
  const log = await openServerLog(paths.logFile)
  try {
    const { child, exited } = await spawnPostgres(context, port, log)
    const pid = child.pid
    const isReady = pid !== undefined && (await waitUntilReady(paths.clusterFolder, pid, child))
    if (isReady) return { isRunning: true, server: serverProcess(context, pid, exited, log) }
    await exited
    const lines = await log.newLines()
    const error = await launchErrorOf(paths, lines)
    await log.close()
    return { isRunning: false, kind: kindOfFailure(lines), error }
  } catch (error) {
    await log.close()
    throw error
  }
}

async function spawnPostgres(
  { paths, binaries, user, settings }: ClusterContext,
  port: number,
  log: ServerLog,
): Promise<{ child: ChildProcess; exited: Promise<ServerExit> }> {
  const reach = await reachFolder(user, paths.clusterFolder)
  try {
    const args = ['-D', reach.pathForChild, ...settingArguments({ ...settings, ...fixedSettings(port) })]
    const child = spawn(binaries.postgres, args, {
      ...user,
      cwd: '/',
      env: programEnvironment(),
      stdio: ['ignore', log.descriptor, log.descriptor, ...reach.extraDescriptors],
      // A session of its own: the Ctrl-C of a terminal must reach us only, and we stop it when our work is done.
      detached: true,
      windowsHide: true,
    })
    const exited = new Promise<ServerExit>((resolve) => {
      child.on('exit', (exitCode, signal) => resolve({ exitCode, signal }))
      child.on('error', () => resolve({ exitCode: null, signal: null }))
    })
    child.unref()
    return { child, exited }
  } finally {
    await reach.close()
  }
}

async function waitUntilReady(clusterFolder: string, pid: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const note = await readPostmasterNote(clusterFolder)
    if (note?.pid === pid && note.isReady) return true
    await pause(pollMilliseconds)
  }
  return false
}

function serverProcess(
  { paths, binaries }: ClusterContext,
  pid: number,
  exited: Promise<ServerExit>,
  log: ServerLog,
): ServerProcess {
  const guard: Guard = postGuard(paths.clusterFolder, pid)
  let hasExited = false
  const lastWords = exited.then(async () => {
    hasExited = true
    guard.dismiss()
    try {
      return await log.newLines()
    } finally {
      await log.close()
    }
  })
  return {
    pid,
    exited,
    lastWords,
    async stop(mode) {
      if (!hasExited) askToStop(pid, mode, binaries.pgCtl)
      const escalation = setTimeout(() => askToStop(pid, 'immediate', binaries.pgCtl), fastStopMilliseconds)
      await lastWords
      clearTimeout(escalation)
    },
  }
}
