import type { Bilingual } from '@guankou/contract/primitives.ts'

/** What can keep embedded PostgreSQL, or the HTTP server beside it, from starting. */
export type LaunchErrorCode =
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_CORRUPT'
  | 'DISK_FULL'
  | 'PORT_BUSY'
  | 'NO_BINARY_FOR_PLATFORM'
  | 'WRONG_VERSION'
  | 'PERMISSION'
  | 'START_FAILED'

/**
 * A start that could not be: `code` to branch on, `text` to show (one sentence each in Chinese and English that says
 * what to do next). `message` is the English sentence; `cause` keeps what was thrown underneath.
 */
export class LaunchError extends Error {
  readonly code: LaunchErrorCode
  readonly text: Bilingual

  constructor(code: LaunchErrorCode, text: Bilingual, cause?: unknown) {
    super(text.en, cause === undefined ? undefined : { cause })
    this.name = 'LaunchError'
    this.code = code
    this.text = text
  }
}

/** Another living Guankou holds the data folder. `ownerPid` is undefined when it could not be read. */
export function dataFolderInUse(dataFolder: string, ownerPid: number | undefined): LaunchError {
  const zhOwner = ownerPid === undefined ? '' : `（进程 ${ownerPid}）`
  const enOwner = ownerPid === undefined ? '' : ` (process ${ownerPid})`
  return new LaunchError('DATA_FOLDER_IN_USE', {
    zh: `数据目录 ${dataFolder} 正被另一个关口程序${zhOwner}使用，请先停止它，或换一个数据目录。`,
    en: `The data folder ${dataFolder} is in use by another Guankou${enOwner}; stop that one first, or choose another data folder.`,
  })
}

/** A PostgreSQL left behind by an ended Guankou does not stop when asked. */
export function leftoverDoesNotStop(dataFolder: string, pid: number): LaunchError {
  return new LaunchError('DATA_FOLDER_IN_USE', {
    zh: `上次遗留的 PostgreSQL（进程 ${pid}）仍占用数据目录 ${dataFolder} 且无法停止，请手动结束该进程后重试。`,
    en: `A PostgreSQL left behind by an earlier run (process ${pid}) still holds the data folder ${dataFolder} and does not stop; end that process by hand and start again.`,
  })
}

/** The data folder holds something PostgreSQL cannot start from. `reason` is PostgreSQL's own words or ours. */
export function dataFolderCorrupt(dataFolder: string, reason: string, cause?: unknown): LaunchError {
  return new LaunchError(
    'DATA_FOLDER_CORRUPT',
    {
      zh: `数据目录 ${dataFolder} 已损坏（${reason}），请从备份恢复；若其中没有要保留的数据，请移走该目录后重新启动。`,
      en: `The data folder ${dataFolder} is damaged (${reason}); restore it from a backup, or, if nothing in it is to be kept, move it away and start again.`,
    },
    cause,
  )
}

/** Too little room where the data folder lies. `freeMegabytes` is undefined when it could not be measured. */
export function diskFull(
  dataFolder: string,
  freeMegabytes: number | undefined,
  cause?: unknown,
): LaunchError {
  const zhFree = freeMegabytes === undefined ? '' : `（剩余 ${freeMegabytes} MB）`
  const enFree = freeMegabytes === undefined ? '' : ` (${freeMegabytes} MB left)`
  return new LaunchError(
    'DISK_FULL',
    {
      zh: `数据目录 ${dataFolder} 所在磁盘空间不足${zhFree}，请腾出至少 200 MB，或换到更大的磁盘上。`,
      en: `The disk that holds the data folder ${dataFolder} is full${enFree}; free at least 200 MB, or choose a data folder on a larger disk.`,
    },
    cause,
  )
}

/** Something else listens on the port that was asked for. */
export function portBusy(port: number, cause?: unknown): LaunchError {
  return new LaunchError(
    'PORT_BUSY',
    {
      zh: `端口 ${port} 已被其他程序占用，请停止该程序，或用 --port 指定其他端口。`,
      en: `Port ${port} is taken by another program; stop that program, or choose another port with --port.`,
    },
    cause,
  )
}

/** No PostgreSQL of ours runs on this machine: unknown platform, package left out, or a system library is missing. */
export function noBinary(platform: string, reason: string, cause?: unknown): LaunchError {
  return new LaunchError(
    'NO_BINARY_FOR_PLATFORM',
    {
      zh: `没有可在 ${platform} 上运行的内置 PostgreSQL（${reason}），请重新执行 npm ci，或用 DATABASE_URL 指定自有的 PostgreSQL 15 或更新版本。`,
      en: `There is no embedded PostgreSQL that runs on ${platform} (${reason}); run npm ci again, or name your own PostgreSQL 15 or newer in DATABASE_URL.`,
    },
    cause,
  )
}

/** The data was written by another major version of PostgreSQL. */
export function wrongVersion(dataFolder: string, found: string, expected: string): LaunchError {
  return new LaunchError('WRONG_VERSION', {
    zh: `数据目录 ${dataFolder} 由 PostgreSQL ${found} 写成，本程序使用 PostgreSQL ${expected}，请改用写成它的关口版本，或换一个数据目录。`,
    en: `The data folder ${dataFolder} was written by PostgreSQL ${found} and this Guankou runs PostgreSQL ${expected}; use the Guankou that wrote it, or choose another data folder.`,
  })
}

/** The operating system does not let us read, write or run what we need. */
export function permissionDenied(path: string, reason: string, cause?: unknown): LaunchError {
  return new LaunchError(
    'PERMISSION',
    {
      zh: `没有使用 ${path} 的权限（${reason}），请改用拥有该目录的用户运行，或更正其所有者。`,
      en: `Permission to use ${path} is missing (${reason}); run as the user who owns it, or correct its owner.`,
    },
    cause,
  )
}

/** PostgreSQL ended at start for a reason that is none of the others. */
export function startFailed(logFile: string, reason: string, cause?: unknown): LaunchError {
  return new LaunchError(
    'START_FAILED',
    {
      zh: `PostgreSQL 未能启动（${reason}），详情见 ${logFile}。`,
      en: `PostgreSQL did not start (${reason}); see ${logFile} for details.`,
    },
    cause,
  )
}
