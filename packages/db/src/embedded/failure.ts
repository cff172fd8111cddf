import { type DataFolderPaths, freeBytes } from './data-folder.ts'
import {
  dataFolderCorrupt,
  diskFull,
  type LaunchError,
  permissionDenied,
  startFailed,
} from './launch-error.ts'

/** What PostgreSQL's last words mean for a start. Its messages are in English: `lc_messages` is C. */
export type FailureKind = 'disk-full' | 'permission' | 'port-taken' | 'still-in-use' | 'corrupt' | 'other'

const kinds: readonly (readonly [FailureKind, RegExp])[] = [
  ['disk-full', /No space left on device|Disk quota exceeded/],
  ['still-in-use', /pre-existing shared memory block|lock file "postmaster\.pid" already exists/],
  ['port-taken', /could not (bind|create any TCP\/IP sockets)|Address already in use/],
  ['permission', /Permission denied|Operation not permitted|administrative permissions|has wrong ownership/],
  [
    'corrupt',
    /PANIC: |could not (read|open|stat|access|locate|find|seek|fsync|map) |not a valid data directory|incorrect checksum|invalid (page|checkpoint|data in|magic|record)|incompatible with server|missing|does not exist|unexpected|bogus/,
  ],
]

/** @param lines what the program wrote, oldest first */
export function kindOfFailure(lines: readonly string[]): FailureKind {
  const text = lines.filter((line) => isSevere(line) || /WARNING: |LOG: {2}could not/.test(line)).join('\n')
  return kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
}

function isSevere(line: string): boolean {
  return /(PANIC|FATAL|ERROR|error|fatal): /.test(line)
}

/** The line that says why, without time stamp and level: the last PANIC, else the last FATAL or error, else the last. */
export function reasonOf(lines: readonly string[]): string {
  const last = (pattern: RegExp) => lines.findLast((line) => pattern.test(line))
  const line = last(/PANIC: /) ?? last(/(FATAL|ERROR|error|fatal): /) ?? lines.at(-1) ?? 'it said nothing'
  return line.replace(/^.*?(PANIC|FATAL|ERROR|error|fatal):\s+/, '').trim()
}

const almostNothingBytes = 4 * 2 ** 20

/** Makes the error to show of what PostgreSQL wrote before it ended. */
export async function launchErrorOf(paths: DataFolderPaths, lines: readonly string[]): Promise<LaunchError> {
  const reason = reasonOf(lines)
  const cause = new Error(lines.slice(-20).join('\n'))
  const free = await freeBytes(paths.dataFolder).catch(() => undefined)
  // On a full disk the log may be what could not be written.
  const kind = free !== undefined && free < almostNothingBytes ? 'disk-full' : kindOfFailure(lines)
  if (kind === 'disk-full')
    return diskFull(paths.dataFolder, free === undefined ? undefined : Math.floor(free / 2 ** 20), cause)
  if (kind === 'permission') return permissionDenied(paths.dataFolder, reason, cause)
  if (kind === 'corrupt') return dataFolderCorrupt(paths.dataFolder, reason, cause)
  return startFailed(paths.logFile, reason, cause)
}
