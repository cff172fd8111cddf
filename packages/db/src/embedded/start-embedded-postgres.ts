import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { describeBinaries, prepareBinaries } from './binaries.ts'
import { type ClusterContext, createCluster, resetPassword, writeAccessRules } from './cluster.ts'
import {
  type ConnectionFile,
  connectionUrl,
  newConnection,
  readConnection,
  writeConnection,
} from './connection-file.ts'
import { inspectCluster, makeFolders, pathsOf, requireFreeSpace } from './data-folder.ts'
import { kindOfFailure, launchErrorOf } from './failure.ts'
import { takeFolderLock } from './folder-lock.ts'
import { findFreePort, isPortTaken } from './free-port.ts'
import { dataFolderInUse, portBusy, startFailed } from './launch-error.ts'
import { type StopMode, stopLeftover } from './leftover.ts'
import { choosePostgresUser, takeOverFromRoot } from './postgres-user.ts'
import { launchServer, type ServerExit, type ServerProcess } from './server-process.ts'
import { embeddedSettings, type ServerSettings } from './settings.ts'
import { stopOnSignals } from './stop-on-signals.ts'
import { folderError } from './system-error.ts'

/** What the start is doing, for a progress line. */
export type LaunchStep = 'preparing' | 'creating-cluster' | 'stopping-leftover' | 'starting' | 'ready'

export type EmbeddedPostgresOptions = {
  /** Made when it is missing. PostgreSQL's own files are below `postgres/` in it. */
  readonly dataFolder: string
  /** A port of 127.0.0.1 that must be it. Left out: the port of the last start, or a free one when that is taken. */
  readonly port?: number
  readonly onProgress?: (step: LaunchStep) => void
  /** Changes to `embeddedSettings`. */
  readonly settings?: ServerSettings
  /** Folder of the `initdb` and `postgres` of another PostgreSQL than ours, 15 or newer. */
  readonly programFolder?: string
  /** Room that must be free before anything is started. Default: 200 MB for the first start, 64 MB for later ones. */
  readonly minimumFreeBytes?: number
  /** Whether SIGINT, SIGTERM and SIGHUP stop it and then end the process. For callers without an orderly end of their own. */
  readonly stopOnSignals?: boolean
}

/** A running PostgreSQL of ours. It never keeps the event loop alive, and it is stopped when this process ends. */
export type EmbeddedPostgres = {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Like `18.4`. */
  readonly version: string
  /** Settles when PostgreSQL has ended, asked to or not. After an end nobody asked for: `stop()`, then start again. */
  readonly exited: Promise<ServerExit>
  /** Stops it and frees the data folder; again and again if one likes. `fast`, the default, loses nothing; neither does `immediate`, but the next start recovers. */
  stop(mode?: StopMode): Promise<void>
}

const firstStartBytes = 200 * 2 ** 20
const laterStartBytes = 64 * 2 ** 20

/**
 * Starts the PostgreSQL of a data folder, making the cluster first if there is none.
 * @throws LaunchError with a code and a sentence to show; see `launch-error.ts`
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const paths = pathsOf(options.dataFolder)
  const onProgress = options.onProgress ?? (() => {})
  try {
    onProgress('preparing')
    await makeFolders(paths)
    const lock = await takeFolderLock(paths.lockFile)
    if (lock === undefined) {
      const owner = await readConnection(paths.connectionFile).catch(() => undefined)
      throw dataFolderInUse(paths.dataFolder, owner?.running?.ownerPid)
    }
    try {
      const started = await startLocked(options, onProgress)
      const running = embeddedPostgres(started, paths.connectionFile, () => lock.release())
      if (options.stopOnSignals) stopOnSignals(running)
      onProgress('ready')
      return running
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw folderError(error, paths.dataFolder)
  }
}

type Started = {
  readonly server: ServerProcess
  readonly connection: ConnectionFile
  readonly version: string
}

async function startLocked(
  options: EmbeddedPostgresOptions,
  onProgress: (step: LaunchStep) => void,
): Promise<Started> {
  const paths = pathsOf(options.dataFolder)
  const user = await choosePostgresUser(paths.clusterFolder)
  const { programFolder } = options
  const binaries = programFolder ? describeBinaries(programFolder, user) : await prepareBinaries(user)
  const context = { paths, binaries, user, settings: { ...embeddedSettings, ...options.settings } }
  const found = await inspectCluster(paths, binaries.major)
  const defaultMinimum = found === 'absent' ? firstStartBytes : laterStartBytes
  await requireFreeSpace(paths, options.minimumFreeBytes ?? defaultMinimum)

  const known = await readConnection(paths.connectionFile)
  const connection = known ?? newConnection(options.port ?? (await findFreePort()))
  if (found === 'absent') {
    onProgress('creating-cluster')
    await createCluster(context, connection)
  } else {
    if (await stopLeftover(paths, binaries.pgCtl)) onProgress('stopping-leftover')
    await takeOverFromRoot(user, paths.clusterFolder)
    await writeAccessRules(user, paths.clusterFolder)
    if (known === undefined) await resetPassword(context, connection)
  }
  onProgress('starting')
  const { server, port } = await launchOnFreePort(context, options.port, connection.port)
  try {
    const running = { postgresPid: server.pid, ownerPid: process.pid, version: binaries.version }
    const current: ConnectionFile = { ...connection, port, running }
    await proveConnection(context, server, current)
    await writeConnection(paths.connectionFile, current)
    return { server, connection: current, version: binaries.version }
  } catch (error) {
    await server.stop('fast')
    throw error
  }
}

const portAttempts = 5
const inUsePauseMilliseconds = 250
const inUseAttempts = 80

/**
 * Starts on the wanted port, or on another free one if the wanted one is only the last one used. Processes of a server
 * that was killed can hold the cluster for a moment longer; they are waited for.
 */
async function launchOnFreePort(
  context: ClusterContext,
  askedPort: number | undefined,
  lastPort: number,
): Promise<{ server: ServerProcess; port: number }> {
  let port = askedPort ?? lastPort
  for (let portsTried = 0, waits = 0; ; ) {
    const isTaken = await isPortTaken(port)
    const attempt = isTaken ? undefined : await launchServer(context, port)
    if (attempt?.isRunning) return { server: attempt.server, port }
    if (attempt === undefined || attempt.kind === 'port-taken') {
      if (askedPort !== undefined) throw portBusy(askedPort, attempt?.error)
      portsTried += 1
      if (portsTried > portAttempts) throw portBusy(port, attempt?.error)
      port = await findFreePort()
    } else if (attempt.kind === 'still-in-use' && waits < inUseAttempts) {
      waits += 1
      await pause(inUsePauseMilliseconds)
    } else {
      throw attempt.error
    }
  }
}

const connectMilliseconds = 10_000

/**
 * Connects once: what `connection.json` says must hold before anyone is told of it. Some damage shows only here, when
 * the first session wants to read.
 */
async function proveConnection(
  { paths }: ClusterContext,
  server: ServerProcess,
  connection: ConnectionFile,
): Promise<void> {
  const client = new Client({
    connectionString: connectionUrl(connection),
    connectionTimeoutMillis: connectMilliseconds,
  })
  // A server that ends meanwhile breaks the connection outside of any call.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    await client.end()
  } catch (error) {
    await server.stop('immediate')
    const lines = await server.lastWords
    if (kindOfFailure(lines) !== 'other') throw await launchErrorOf(paths, lines)
    const reason = error instanceof Error ? error.message : String(error)
    throw startFailed(paths.logFile, `${reason}; remove connection.json to have it made anew`, error)
  }
}

function embeddedPostgres(
  { server, connection, version }: Started,
  connectionFile: string,
  releaseLock: () => void,
): EmbeddedPostgres {
  let isFreed = false
  return {
    url: connectionUrl(connection),
    port: connection.port,
    pid: server.pid,
    version,
    exited: server.exited,
    async stop(mode = 'fast') {
      if (isFreed) return
      await server.stop(mode)
      if (isFreed) return
      isFreed = true
      try {
        // Only a note for others: on a full disk the stop must succeed all the same.
        await writeConnection(connectionFile, { ...connection, running: null }).catch(() => undefined)
      } finally {
        releaseLock()
      }
    },
  }
}
