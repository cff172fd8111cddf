import { mkdir, readdir, readFile, statfs } from 'node:fs/promises'
import path from 'node:path'
import { dataFolderCorrupt, diskFull, wrongVersion } from './launch-error.ts'
import { systemErrorCode } from './system-error.ts'

/** Where everything of one data folder lies. Absolute paths. */
export type DataFolderPaths = {
  readonly dataFolder: string
  readonly lockFile: string
  readonly postgresFolder: string
  readonly clusterFolder: string
  readonly connectionFile: string
  readonly logFile: string
}

/** Names the places inside a data folder; touches nothing. */
export function pathsOf(dataFolder: string): DataFolderPaths {
  const root = path.resolve(dataFolder)
  const postgresFolder = path.join(root, 'postgres')
  return {
    dataFolder: root,
    lockFile: path.join(root, 'guankou.lock'),
    postgresFolder,
    clusterFolder: path.join(postgresFolder, 'cluster'),
    connectionFile: path.join(postgresFolder, 'connection.json'),
    logFile: path.join(postgresFolder, 'postgres.log'),
  }
}

/** Makes the data folder and its `postgres` folder when they are missing. */
export async function makeFolders(paths: DataFolderPaths): Promise<void> {
  await mkdir(paths.dataFolder, { recursive: true, mode: 0o755 })
  await mkdir(paths.postgresFolder, { recursive: true, mode: 0o755 })
}

/**
 * Looks at the cluster without starting it.
 * @returns `absent` when there is nothing yet, `present` when its version fits
 * @throws LaunchError DATA_FOLDER_CORRUPT, WRONG_VERSION
 */
export async function inspectCluster(
  paths: DataFolderPaths,
  expectedMajor: string,
): Promise<'absent' | 'present'> {
  const names = await readdir(paths.clusterFolder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [] as string[]
    throw error
  })
  if (names.length === 0) return 'absent'
  const versionText = await readFile(path.join(paths.clusterFolder, 'PG_VERSION'), 'latin1').catch(
    (error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT')
        throw dataFolderCorrupt(paths.dataFolder, 'PG_VERSION is missing', error)
      throw error
    },
  )
  const major = versionText.trim()
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(major))
    throw dataFolderCorrupt(paths.dataFolder, 'PG_VERSION is not a version number')
  if (major !== expectedMajor) throw wrongVersion(paths.dataFolder, major, expectedMajor)
  return 'present'
}

/** Free room for this process where the folder lies, in bytes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** @throws LaunchError DISK_FULL when fewer than `minimumBytes` are free where the data folder lies */
export async function requireFreeSpace(paths: DataFolderPaths, minimumBytes: number): Promise<void> {
  const free = await freeBytes(paths.dataFolder)
  if (free < minimumBytes) throw diskFull(paths.dataFolder, Math.floor(free / 2 ** 20))
}
