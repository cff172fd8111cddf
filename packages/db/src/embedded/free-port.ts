import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { systemErrorCode } from './system-error.ts'

const lowestPort = 20_000
const firstOutgoingPort = 32_768
const attempts = 20

/**
 * A port of 127.0.0.1 that nothing listens on now. It is to be kept over restarts, so it is drawn from below the
 * ports that operating systems give to outgoing connections, if one is free there.
 */
export async function findFreePort(): Promise<number> {
  for (let tried = 0; tried < attempts; tried += 1) {
    const candidate = randomInt(lowestPort, firstOutgoingPort)
    if ((await tryListen(candidate)) !== undefined) return candidate
  }
  const port = await tryListen(0)
  if (port === undefined) throw new Error('The operating system has no free port.')
  return port
}

/** Whether something else listens on this port of 127.0.0.1. */
export async function isPortTaken(port: number): Promise<boolean> {
  return (await tryListen(port)) === undefined
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      const code = systemErrorCode(error)
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(undefined)
      else reject(error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}
