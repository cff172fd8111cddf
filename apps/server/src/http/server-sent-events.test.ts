import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { sendEvents } from './server-sent-events.ts'

let app: FastifyInstance
afterEach(() => app.close())

const open = async (mayGoOn: () => Promise<boolean>, onClose = (): void => {}): Promise<IncomingMessage> => {
  app = fastify()
  app.get('/', (_, reply) => sendEvents(reply, { open: async () => onClose, mayGoOn, everyMs: 10 }))
  await app.listen({ port: 0 })
  const [response] = (await once(get({ port: (app.server.address() as AddressInfo).port }), 'response')) as [
    IncomingMessage,
  ]
  response.setEncoding('utf8')
  return response
}

describe('a stream of events', () => {
  it('ends when who reads it may no longer, and lets go of what it had opened', async () => {
    let asked = 0
    const closed = Promise.withResolvers<void>()
    const response = await open(async () => ++asked < 3, closed.resolve)
    let text = ''
    response.on('data', (part: string) => {
      text += part
    })
    await once(response, 'end')
    await closed.promise
    expect(text.match(/: alive/g)).toHaveLength(2)
  })

  it('goes on where nobody can say whether it may', async () => {
    const response = await open(() => Promise.reject(new Error('the database is away')))
    let beats = 0
    for await (const part of response) {
      beats += String(part).split(': alive').length - 1
      if (beats >= 3) break
    }
    expect(beats).toBeGreaterThanOrEqual(3)
  })
})
