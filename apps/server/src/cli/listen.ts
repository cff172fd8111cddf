import { portBusy } from '@guankou/db/embedded/launch-error.ts'
import { readTrustList, TrustListError } from '#src/certificates/trust-list-file.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import type { Installation } from '#src/cli/installation.ts'
import { edgeOf, type NetworkOptions } from '#src/cli/options.ts'
import { readUploadScanner, ScannerSettingsError } from '#src/scanning/scanner-settings.ts'
import { guardFetch, originsOf } from '#src/sign-in/outgoing.ts'
import { type SignInSettings, SignInSettingsError } from '#src/sign-in/settings.ts'
import { type RunningServer, startServer } from '#src/start-server.ts'

/** From here on the process calls nobody but whom the operator named. */
const keepToConfigured = ({ identityProvider, breachList }: SignInSettings): void => {
  const list = breachList !== undefined && 'url' in breachList ? breachList.url : undefined
  const addresses = [identityProvider?.issuer, ...(identityProvider?.origins ?? []), list]
  globalThis.fetch = guardFetch(
    globalThis.fetch,
    originsOf([...addresses, process.env.GUANKOU_KEY_SERVICE_URL]),
  )
}

/** Starts the server of an installation. @throws LaunchError PORT_BUSY, CommandFailure */
export const listen = async (installation: Installation, network: NetworkOptions): Promise<RunningServer> => {
  try {
    const signIn = await installation.readSignIn()
    keepToConfigured(signIn)
    const uploads = readUploadScanner(process.env.GUANKOU_UPLOAD_SCANNER)
    const keys = await readTrustList(process.env.GUANKOU_CERTIFICATE_KEYS)
    return await startServer({ ...installation, signIn, uploads, certificates: { keys }, ...edgeOf(network) })
  } catch (error) {
    if (
      error instanceof SignInSettingsError ||
      error instanceof ScannerSettingsError ||
      error instanceof TrustListError
    )
      throw new CommandFailure(error.message, exitCodes.badInput)
    if ((error as { code?: string }).code === 'EADDRINUSE') throw portBusy(network.port, error)
    throw error
  }
}
