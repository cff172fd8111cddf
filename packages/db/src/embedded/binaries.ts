import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { copyBinaries } from './binaries-copy.ts'
import { type BinaryPackage, findBinaryPackage, linkLibraries, platformName } from './binary-package.ts'
import { noBinary } from './launch-error.ts'
import { canEnter, type PostgresUser } from './postgres-user.ts'
import { systemErrorCode } from './system-error.ts'

/** PostgreSQL's programs, ready to be run by the chosen user. `version` is like `18.4`, `major` like `18`. */
export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  readonly version: string
  readonly major: string
}

/**
 * Finds the programs, makes their library links if the package's own install step did not run, and copies them where
 * the chosen user can reach them if need be.
 * @throws LaunchError NO_BINARY_FOR_PLATFORM
 */
export async function prepareBinaries(user: PostgresUser): Promise<Binaries> {
  const installed = await findBinaryPackage()
  const linked = await makeMissingLinks(installed)
  const usable = linked && (await canEnter(user, path.join(installed.folder, 'native', 'bin')))
  const folder = usable ? installed.folder : await copyBinaries(installed, user)
  return describeBinaries(path.join(folder, 'native', 'bin'), user)
}

/** @returns false when links are missing and cannot be made here (a read-only `node_modules`) */
async function makeMissingLinks({ folder, links }: BinaryPackage): Promise<boolean> {
  try {
    await linkLibraries(folder, links)
    return true
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOSPC') return false
    throw error
  }
}

/**
 * Asks the `postgres` of a folder for its version, as the chosen user, which also proves that every library it needs is
 * there.
 * @throws LaunchError NO_BINARY_FOR_PLATFORM
 */
export function describeBinaries(folder: string, user: PostgresUser): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => path.join(folder, `${name}${suffix}`)
  const asked = spawnSync(program('postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' })
  const version = /\(PostgreSQL\) (\d+)(\S*)/.exec(asked.stdout ?? '')
  if (version === null || version[1] === undefined) {
    const reason = asked.error?.message ?? (asked.stderr.trim().split('\n').at(-1) || `exit ${asked.status}`)
    throw noBinary(platformName(), reason, asked.error)
  }
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    version: `${version[1]}${version[2]}`,
    major: version[1],
  }
}
