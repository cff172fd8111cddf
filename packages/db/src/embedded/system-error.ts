import { diskFull, LaunchError, permissionDenied, portBusy } from './launch-error.ts'

/** The code of a Node system error (`ENOENT`, `EADDRINUSE`, …), or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/**
 * Turns the error of `server.listen()` into the sentence to show: `PORT_BUSY` for EADDRINUSE, `PERMISSION` for a port
 * that needs more rights. Anything else comes back as it was.
 */
export function listenError(error: unknown, port: number): unknown {
  const code = systemErrorCode(error)
  if (code === 'EADDRINUSE') return portBusy(port, error)
  if (code === 'EACCES') return permissionDenied(`port ${port}`, code, error)
  return error
}

/** Turns a file-system error met inside the data folder into the sentence to show; the rest comes back as it was. */
export function folderError(error: unknown, dataFolder: string): unknown {
  if (error instanceof LaunchError) return error
  const code = systemErrorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(dataFolder, undefined, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR')
    return permissionDenied(dataFolder, code, error)
  return error
}
