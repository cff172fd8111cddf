import { randomUUID } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Binaries } from './binaries.ts'
import { type ConnectionFile, syncFolder, writeConnection } from './connection-file.ts'
import type { DataFolderPaths } from './data-folder.ts'
import { launchErrorOf } from './failure.ts'
import { type PostgresUser, reachFolder } from './postgres-user.ts'
import { runProgram } from './program.ts'
import { hostBasedAccess, type ServerSettings, settingArguments } from './settings.ts'

/** Everything the steps before the server runs have to know. */
export type ClusterContext = {
  readonly paths: DataFolderPaths
  readonly binaries: Binaries
  readonly user: PostgresUser
  readonly settings: ServerSettings
}

const unfinishedPrefix = 'cluster-unfinished-'

/**
 * Makes the cluster of a data folder: in a sibling, renamed when all is done, so that being killed half-way leaves
 * nothing that looks like a cluster.
 * @throws LaunchError DISK_FULL, PERMISSION, START_FAILED
 */
export async function createCluster(context: ClusterContext, connection: ConnectionFile): Promise<void> {
  const { paths } = context
  await removeUnfinished(paths)
  const unfinished = path.join(paths.postgresFolder, `${unfinishedPrefix}${randomUUID().slice(0, 8)}`)
  try {
    await mkdir(unfinished, { mode: 0o700 })
    if (context.user) await chown(unfinished, context.user.uid, context.user.gid)
    await runInitdb(context, unfinished)
    await writeAccessRules(context.user, unfinished)
    await runSingleUser(context, unfinished, [
      passwordStatement(connection),
      `CREATE DATABASE ${connection.database}`,
    ])
    await writeConnection(paths.connectionFile, connection)
    await rmdir(paths.clusterFolder).catch(() => undefined)
    await rename(unfinished, paths.clusterFolder)
    await syncFolder(paths.postgresFolder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Gives an existing cluster the password of `connection`: for when `connection.json` was lost. */
export async function resetPassword(context: ClusterContext, connection: ConnectionFile): Promise<void> {
  await runSingleUser(context, context.paths.clusterFolder, [passwordStatement(connection)])
  await writeConnection(context.paths.connectionFile, connection)
}

/** Puts our `pg_hba.conf` into a cluster. */
export async function writeAccessRules(user: PostgresUser, clusterFolder: string): Promise<void> {
  const file = path.join(clusterFolder, 'pg_hba.conf')
  await writeFile(file, hostBasedAccess, { mode: 0o600 })
  if (user) await chown(file, user.uid, user.gid)
}

async function removeUnfinished(paths: DataFolderPaths): Promise<void> {
  for (const name of await readdir(paths.postgresFolder))
    if (name.startsWith(unfinishedPrefix))
      await rm(path.join(paths.postgresFolder, name), { recursive: true, force: true })
}

async function runInitdb({ paths, binaries, user, settings }: ClusterContext, folder: string): Promise<void> {
  const reach = await reachFolder(user, folder)
  try {
    const args = [
      `--pgdata=${reach.pathForChild}`,
      '--username=guankou',
      '--encoding=UTF8',
      ...localeArguments(binaries),
      '--data-checksums',
      '--auth=reject',
      '--no-instructions',
      ...(settings.fsync === 'off' ? ['--no-sync'] : []),
    ]
    const result = await runProgram(binaries.initdb, args, { user, reach })
    if (result.exitCode !== 0) throw await launchErrorOf(paths, result.lines)
  } finally {
    await reach.close()
  }
}

/** Text is ordered by code point whatever the machine has; PostgreSQL brings that order along since 17. */
function localeArguments({ major }: Binaries): string[] {
  return Number(major) >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8']
}

/** Runs statements in PostgreSQL's single-user mode: no port, no password, and nobody else can be connected. */
async function runSingleUser(
  { paths, binaries, user, settings }: ClusterContext,
  folder: string,
  statements: readonly string[],
): Promise<void> {
  const reach = await reachFolder(user, folder)
  try {
    const args = ['--single', '-D', reach.pathForChild, ...settingArguments(settings), 'postgres']
    const input = statements.map((statement) => `${statement}\n`).join('')
    const { exitCode, lines } = await runProgram(binaries.postgres, args, { user, reach, input })
    if (exitCode !== 0 || lines.some((line) => /(ERROR|FATAL|PANIC): /.test(line)))
      throw await launchErrorOf(paths, lines)
  } finally {
    await reach.close()
  }
}

function passwordStatement({ user, password }: ConnectionFile): string {
  return `ALTER ROLE ${user} LOGIN PASSWORD '${password}'`
}
