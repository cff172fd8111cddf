import { portBusy } from '@guankou/db/embedded/launch-error.ts'
import type { Installation } from '#src/cli/installation.ts'
import type { NetworkOptions } from '#src/cli/options.ts'
import { type RunningServer, startServer } from '#src/start-server.ts'

/** Starts the server of an installation. @throws LaunchError PORT_BUSY */
export const listen = async (installation: Installation, network: NetworkOptions): Promise<RunningServer> => {
  try {
    return await startServer({ ...installation, ...network })
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw portBusy(network.port, error)
    throw error
  }
}
