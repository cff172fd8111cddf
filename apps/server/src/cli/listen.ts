import { portBusy } from '@guankou/db/embedded/launch-error.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import type { Installation } from '#src/cli/installation.ts'
import { edgeOf, type NetworkOptions } from '#src/cli/options.ts'
import { readUploadScanner, ScannerSettingsError } from '#src/scanning/scanner-settings.ts'
import { SignInSettingsError } from '#src/sign-in/settings.ts'
import { type RunningServer, startServer } from '#src/start-server.ts'

/** Starts the server of an installation. @throws LaunchError PORT_BUSY, CommandFailure */
export const listen = async (installation: Installation, network: NetworkOptions): Promise<RunningServer> => {
  try {
    const signIn = await installation.readSignIn()
    const uploads = readUploadScanner(process.env.GUANKOU_UPLOAD_SCANNER)
    return await startServer({ ...installation, signIn, uploads, ...edgeOf(network) })
  } catch (error) {
    if (error instanceof SignInSettingsError || error instanceof ScannerSettingsError)
      throw new CommandFailure(error.message, exitCodes.badInput)
    if ((error as { code?: string }).code === 'EADDRINUSE') throw portBusy(network.port, error)
    throw error
  }
}
