import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataFolderPaths } from './data-folder.ts'
import { leftoverDoesNotStop } from './launch-error.ts'
import { hasProcess, isPostmasterOf, isProcessAlive, readPostmasterNote } from './postmaster-file.ts'

export type StopMode = 'fast' | 'immediate'

/** Asks a PostgreSQL to stop: `fast` ends sessions and writes a checkpoint, `immediate` leaves recovery to the next start. */
export function askToStop(postmasterPid: number, mode: StopMode, pgCtl: string): void {
  const signal = mode === 'fast' ? 'SIGINT' : 'SIGQUIT'
  if (process.platform === 'win32') {
    execFileSync(pgCtl, ['kill', signal.replace('SIG', ''), String(postmasterPid)], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(postmasterPid, signal)
  } catch {
    // It ended by itself in the meantime.
  }
}

const pollMilliseconds = 25
/**
 * After this an immediate shutdown follows, which loses nothing. PostgreSQL 18.4 that is asked to stop fast while it
 * recovers from the crash of a session was seen never to end.
 */
export const fastStopMilliseconds = 20_000
const immediateStopMilliseconds = 15_000

/**
 * Stops a PostgreSQL that an ended process left running on this data folder. To be called with the folder lock held:
 * then whoever started it is gone.
 * @returns whether there was one
 * @throws LaunchError DATA_FOLDER_IN_USE when it does not stop
 */
export async function stopLeftover(paths: DataFolderPaths, pgCtl: string): Promise<boolean> {
  const note = await readPostmasterNote(paths.clusterFolder)
  if (note === undefined || !hasProcess(note.pid)) return false
  if (!(await isPostmasterOf(paths.clusterFolder, note.pid))) {
    // The id went to a stranger after a reboot, or to a dead process nobody reaps; PostgreSQL would take either for
    // a server at work and refuse to start.
    await rm(path.join(paths.clusterFolder, 'postmaster.pid'), { force: true })
    return false
  }
  askToStop(note.pid, 'fast', pgCtl)
  if (await hasEnded(note.pid, fastStopMilliseconds)) return true
  askToStop(note.pid, 'immediate', pgCtl)
  if (await hasEnded(note.pid, immediateStopMilliseconds)) return true
  throw leftoverDoesNotStop(paths.dataFolder, note.pid)
}

async function hasEnded(pid: number, withinMilliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < withinMilliseconds; waited += pollMilliseconds) {
    if (!isProcessAlive(pid)) return true
    await pause(pollMilliseconds)
  }
  return !isProcessAlive(pid)
}
