import { join } from 'node:path'
import { type Database, oldestServerMajor, openDatabase, serverMajor } from '@guankou/db/database.ts'
import { drillUrl, makeDrillSchema } from '@guankou/db/drill-schema.ts'
import { readRunning } from '@guankou/db/embedded/read-running.ts'
import pino, { type Logger } from 'pino'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import type { InstallationOptions } from '#src/cli/options.ts'
import { runSupervisedPostgres } from '#src/cli/supervised-postgres.ts'
import { drillKeySettings } from '#src/drill/drill-keys.ts'
import { type KeyCustody, openKeyCustody } from '#src/identity/key-custody.ts'
import { readSignInSettings, type SignInSettings } from '#src/sign-in/settings.ts'

export type Installation = {
  readonly db: Database
  readonly keys: KeyCustody
  readonly log: Logger
  /** How people sign in here; read by commands that run a server. */
  readonly readSignIn: () => Promise<SignInSettings>
  readonly close: () => Promise<void>
}

type Source = { readonly url: string; readonly stop: () => Promise<void> }

/** Fields that must never be logged, wherever they turn up. */
const neverLogged = ['*.name', '*.number', '*.phone', '*.plate', '*.token', 'req.headers', 'headers', 'body']

export const createLog = (level: string): Logger =>
  pino({ level, redact: { paths: neverLogged, remove: true } }, pino.destination({ fd: 2, sync: true }))

const connect = async (url: string, log: Logger): Promise<Database> => {
  const db = openDatabase({
    url,
    namedStatements: process.env.GUANKOU_NAMED_STATEMENTS !== 'off',
    onIdleError: (error) => log.debug({ err: error }, 'idle connection lost'),
  })
  try {
    const major = await serverMajor(db.pool)
    if (major < oldestServerMajor)
      throw new CommandFailure(
        `The database is PostgreSQL ${major}; Guankou needs ${oldestServerMajor} or newer. · 数据库是 PostgreSQL ${major}，关口需要 ${oldestServerMajor} 或更新版本。`,
        exitCodes.environment,
      )
    return db
  } catch (error) {
    await db.close()
    if (error instanceof CommandFailure) throw error
    const reason = error instanceof Error ? error.message || String(error) : String(error)
    throw new CommandFailure(
      `The database does not answer (${reason}); check DATABASE_URL and that PostgreSQL runs. · 数据库无响应，请检查 DATABASE_URL 以及 PostgreSQL 是否在运行。`,
      exitCodes.environment,
      { cause: error },
    )
  }
}

const findSource = async (options: InstallationOptions, beside: boolean, log: Logger): Promise<Source> => {
  if (options.databaseUrl !== undefined) return { url: options.databaseUrl, stop: async () => undefined }
  const running = beside ? await readRunning(options.dataFolder) : undefined
  if (running !== undefined) return { url: running.url, stop: async () => undefined }
  return runSupervisedPostgres(options.dataFolder, log)
}

/**
 * Opens the database and the keys of an installation.
 * @param beside  whether a server may be running on the same data folder; then its database is used
 * @param drill  the drill instead: another schema, and keys of its own
 * @throws CommandFailure, LaunchError, MasterKeyError
 */
export const openInstallation = async (
  options: InstallationOptions,
  { beside, drill = false }: { readonly beside: boolean; readonly drill?: boolean },
): Promise<Installation> => {
  const log = createLog(options.logLevel)
  const source = await findSource(options, beside, log)
  try {
    if (drill) await makeDrillSchema(source.url)
    const db = await connect(drill ? drillUrl(source.url) : source.url, log)
    const keys = await openKeyCustody(
      drill
        ? drillKeySettings(options.dataFolder, process.env)
        : { keyFolder: join(options.dataFolder, 'keys'), env: process.env },
    )
    return {
      db,
      keys,
      log,
      readSignIn: () =>
        readSignInSettings({
          file: process.env.GUANKOU_SIGN_IN_SETTINGS ?? join(options.dataFolder, 'sign-in.json'),
          clientSecret: process.env.GUANKOU_OIDC_CLIENT_SECRET,
        }),
      close: async () => {
        await db.close()
        await source.stop()
      },
    }
  } catch (error) {
    await source.stop()
    throw error
  }
}
