import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode } from './system-error.ts'

/** What PostgreSQL notes of itself in `postmaster.pid` of its cluster. */
export type PostmasterNote = { readonly pid: number; readonly isReady: boolean }

/** Line of the file that holds the state (`starting`, `ready`, `stopping`), counted from 0. */
const statusLine = 7

/** @returns undefined when no server noted itself there */
export async function readPostmasterNote(clusterFolder: string): Promise<PostmasterNote | undefined> {
  const file = path.join(clusterFolder, 'postmaster.pid')
  const text = await readFile(file, 'latin1').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, isReady: lines[statusLine]?.trim() === 'ready' }
}

/** Whether a process has this id, be it one that ended and that its parent has not yet taken note of. */
export function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemErrorCode(error) === 'EPERM'
  }
}

/** Whether a process with this id runs, whoever owns it. One that ended under a parent that never reaps does not. */
export function isProcessAlive(pid: number): boolean {
  if (!hasProcess(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const state = stat.slice(stat.lastIndexOf(')') + 2)[0]
    return state !== 'Z' && state !== 'X'
  } catch {
    return hasProcess(pid)
  }
}

/**
 * Whether the process is the PostgreSQL of this cluster, and not another that was given the same id since.
 * On Linux by the folder it works in; elsewhere by the name of its program, and on Windows the id has to do.
 */
export async function isPostmasterOf(clusterFolder: string, pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') {
    try {
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(clusterFolder))
    } catch {
      // No leave to look into the process: its name has to do.
    }
  }
  try {
    return /postgres/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }))
  } catch {
    return false
  }
}
