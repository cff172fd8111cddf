import { connectionUrl, readConnection } from './connection-file.ts'
import { pathsOf } from './data-folder.ts'
import { permissionDenied } from './launch-error.ts'
import { isProcessAlive } from './postmaster-file.ts'
import { folderError, systemErrorCode } from './system-error.ts'

/** A PostgreSQL that another process of the same user runs on a data folder. */
export type RunningPostgres = {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** The Guankou process that started it and will stop it. */
  readonly ownerPid: number
  readonly version: string
}

/**
 * Finds the running PostgreSQL of a data folder, for commands that work beside the server.
 * @returns undefined when none runs there
 * @throws LaunchError PERMISSION when `connection.json` belongs to another user
 */
export async function readRunning(dataFolder: string): Promise<RunningPostgres | undefined> {
  const paths = pathsOf(dataFolder)
  const connection = await readConnection(paths.connectionFile).catch((error: unknown) => {
    if (systemErrorCode(error) === 'EACCES') throw permissionDenied(paths.connectionFile, 'EACCES', error)
    throw folderError(error, paths.dataFolder)
  })
  if (connection?.running == null) return undefined
  const { postgresPid, ownerPid, version } = connection.running
  if (!isProcessAlive(postgresPid)) return undefined
  return { url: connectionUrl(connection), port: connection.port, pid: postgresPid, ownerPid, version }
}
