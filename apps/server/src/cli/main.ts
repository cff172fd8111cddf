import { RequestRoleError } from '@guankou/db/area-wall/request-role.ts'
import { LaunchError } from '@guankou/db/embedded/launch-error.ts'
import { NewerDatabaseError, UnfinishedRestoreError } from '@guankou/db/migrate.ts'
import { Command, CommanderError } from 'commander'
import { commandsFor } from '#src/cli/commands.ts'
import { CommandFailure, exitCodeHelp, exitCodes } from '#src/cli/exit-codes.ts'
import { KeyServiceError, KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { MasterKeyError } from '#src/identity/master-key.ts'
import { ScannerSettingsError } from '#src/scanning/scanner-settings.ts'
import { ScannerUnavailableError } from '#src/scanning/upload-scanner.ts'
import { version } from '#src/version.ts'

const buildProgram = async (): Promise<Command> => {
  const program = new Command('guankou')
    .description('Guankou 关口: keep an epidemic out of a city and stop it spreading')
    .version(version)
    .showHelpAfterError()
    .exitOverride()
  for (const add of await commandsFor(process.argv.slice(2))) add(program)
  const describe = (command: Command): void => {
    command.addHelpText('after', exitCodeHelp).exitOverride()
    for (const child of command.commands) describe(child)
  }
  describe(program)
  return program
}

/** What a person at the terminal reads, and the exit code that goes with it. */
const explain = (error: unknown): { readonly text: string; readonly exitCode: number } => {
  if (error instanceof CommandFailure) return { text: error.message, exitCode: error.exitCode }
  if (error instanceof LaunchError)
    return { text: `${error.text.en} · ${error.text.zh}`, exitCode: exitCodes.environment }
  if (
    error instanceof MasterKeyError ||
    error instanceof KeyServiceError ||
    error instanceof KeyServiceUnavailableError ||
    error instanceof NewerDatabaseError ||
    error instanceof UnfinishedRestoreError ||
    error instanceof RequestRoleError ||
    error instanceof ScannerSettingsError ||
    error instanceof ScannerUnavailableError
  )
    return { text: error.message, exitCode: exitCodes.environment }
  const { code } = error as { code?: string }
  if (code === 'ENOSPC')
    return {
      text: 'The disk is full; free some room and start again. · 磁盘已满，请腾出空间后重试。',
      exitCode: exitCodes.environment,
    }
  return {
    text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    exitCode: exitCodes.environment,
  }
}

const run = async (): Promise<number> => {
  try {
    await (await buildProgram()).parseAsync()
    return Number(process.exitCode ?? exitCodes.done)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput
    const { text, exitCode } = explain(error)
    process.stderr.write(`guankou: ${text}\n`)
    return exitCode
  }
}

// Whoever read our output may be gone, such as head; that is no reason for a server to end.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

process.exit(await run())
