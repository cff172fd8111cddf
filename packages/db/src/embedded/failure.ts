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

type Sign = { readonly kind: FailureKind; readonly isSevereOnly: boolean; readonly pattern: RegExp }

/** In the order in which they are looked for: a full disk also shows as a file that could not be written. */
const signs: readonly Sign[] = [
  {
    kind: 'disk-full',
    isSevereOnly: false,
    pattern: /No space left on device|Disk quota exceeded|Check free disk space|wrote only \d+ of \d+ bytes/,
  },
  {
    kind: 'still-in-use',
    isSevereOnly: true,
    pattern: /pre-existing shared memory block|lock file "postmaster\.pid" already exists/,
  },
  {
    kind: 'port-taken',
    isSevereOnly: false,
    pattern: /could not (bind|create any TCP\/IP sockets)|Address already in use/,
  },
  {
    kind: 'permission',
    isSevereOnly: true,
    pattern: /Permission denied|Operation not permitted|administrative permissions|has wrong ownership/,
  },
  {
    kind: 'corrupt',
    isSevereOnly: true,
    pattern:
      /PANIC: |could not (read|open|stat|access|locate|find|seek|map) |not a valid data directory|incorrect checksum|invalid (page|checkpoint|data|magic|record)|incompatible with server|does not exist|unexpected|bogus/,
  },
]

/** @param lines what the program wrote, oldest first */
export function kindOfFailure(lines: readonly string[]): FailureKind {
  return findSign(lines)?.sign.kind ?? 'other'
}

function findSign(lines: readonly string[]): { sign: Sign; line: string } | undefined {
  for (const sign of signs) {
    const line = lines.find((each) => sign.pattern.test(each) && (!sign.isSevereOnly || isSevere(each)))
    if (line !== undefined) return { sign, line }
  }
  return undefined
}

function isSevere(line: string): boolean {
  return /(PANIC|FATAL|ERROR|error|fatal): |^(postgres|initdb): could not/.test(line)
}

/** The line that says why, without time stamp and level: the one that decided, else the last severe one, else the last. */
export function reasonOf(lines: readonly string[]): string {
  const line = findSign(lines)?.line ?? lines.findLast(isSevere) ?? lines.at(-1) ?? 'it said nothing'
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
