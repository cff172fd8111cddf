import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drillFolder } from '#src/drill/drill-keys.ts'

/** A drill that runs: its process, and where it is reached. */
export type RunningDrill = { readonly pid: number; readonly port: number; readonly startedAt: string }

const fileOf = (dataFolder: string): string => join(drillFolder(dataFolder), 'running.json')

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** The drill that runs on a data folder, where one does. */
export const readRunningDrill = async (dataFolder: string): Promise<RunningDrill | undefined> => {
  const text = await readFile(fileOf(dataFolder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const running = JSON.parse(text) as RunningDrill
  return isAlive(running.pid) ? running : undefined
}

/** Says that this process runs the drill. @returns a function that says it does no longer */
export const announceDrill = async (
  dataFolder: string,
  running: RunningDrill,
): Promise<() => Promise<void>> => {
  await mkdir(drillFolder(dataFolder), { recursive: true, mode: 0o700 })
  await writeFile(fileOf(dataFolder), JSON.stringify(running))
  return () => rm(fileOf(dataFolder), { force: true })
}

/** Removes keys and state of a drill. */
export const removeDrillFolder = (dataFolder: string): Promise<void> =>
  rm(drillFolder(dataFolder), { recursive: true, force: true })
