import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort, isPortTaken } from './free-port.ts'
import { expectRefusal, queryOnce, temporaryFolder } from './launch-fixture.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'
import { listenError } from './system-error.ts'

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

describe('the port of an embedded PostgreSQL', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let dataFolder: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    dataFolder = path.join(temporary.folder, 'data')
  })
  afterAll(() => temporary.remove())

  it('is another one when the last was taken meanwhile', async () => {
    const first = await startEmbeddedPostgres({ dataFolder })
    await first.stop()
    const stranger = await occupy(first.port)
    const second = await startEmbeddedPostgres({ dataFolder })
    expect(second.port).not.toBe(first.port)
    expect(await queryOnce(second.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    await second.stop()
    stranger.close()
  })

  it('is refused when it was asked for and is taken', async () => {
    const stranger = await occupy(await findFreePort())
    const address = stranger.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await isPortTaken(port)).toBe(true)
    const refusal = await expectRefusal(startEmbeddedPostgres({ dataFolder, port }), 'PORT_BUSY')
    expect(refusal.message).toContain(String(port))
    stranger.close()
  })
})

describe('the port of the HTTP server', () => {
  it('has a sentence when it is taken', async () => {
    const stranger = await occupy(0)
    const address = stranger.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const [error] = await once(createServer().listen(port, '127.0.0.1'), 'error')
    await expectRefusal(Promise.reject(listenError(error, port)), 'PORT_BUSY')
    stranger.close()
  })

  it('leaves other errors as they are', () => {
    const error = new Error('something else')
    expect(listenError(error, 80)).toBe(error)
  })
})
