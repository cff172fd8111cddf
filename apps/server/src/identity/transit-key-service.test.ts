import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTransitServer, type TransitServer } from '../../tests-support/transit-server.ts'
import { KeyServiceError, KeyServiceUnavailableError } from './key-service.ts'
import { createTransitKeyService, readTransitSettings } from './transit-key-service.ts'

const dataKey = randomBytes(32)

describe('an external key service', () => {
  let transit: TransitServer
  beforeEach(async () => {
    transit = await startTransitServer()
  })
  afterEach(() => transit.stop())
  const service = (other: { token?: string; keyName?: string } = {}) =>
    createTransitKeyService({
      url: transit.url,
      token: transit.token,
      keyName: 'city',
      timeoutMs: 300,
      ...other,
    })

  it('wraps a key and unwraps it at its place alone', async () => {
    const wrapped = await service().wrap(dataKey, 'here')
    expect(wrapped.generation).toBe('transit:city:1')
    expect(wrapped.wrapped.includes(dataKey)).toBe(false)
    expect((await service().unwrap(wrapped, 'here')).equals(dataKey)).toBe(true)
    await expect(service().unwrap(wrapped, 'there')).rejects.toBeInstanceOf(KeyServiceError)
  })

  it('rotates, still opens what came before, and ends a generation', async () => {
    const old = await service().wrap(dataKey, 'here')
    expect(await service().rotate()).toBe('transit:city:2')
    expect(await service().keyId()).toBe('transit:city:2')
    expect(await service().generations()).toEqual(['transit:city:1', 'transit:city:2'])
    expect((await service().unwrap(old, 'here')).equals(dataKey)).toBe(true)
    const young = await service().wrap(dataKey, 'here')
    await service().retire('transit:city:1')
    expect(await service().generations()).toEqual(['transit:city:2'])
    await expect(service().unwrap(old, 'here')).rejects.toBeInstanceOf(KeyServiceError)
    expect((await service().unwrap(young, 'here')).equals(dataKey)).toBe(true)
  })

  it.each(['sealed', 'silent', 'garbled'] as const)('that is %s is said to be away', async (behaviour) => {
    const wrapped = await service().wrap(dataKey, 'here')
    transit.behaviour = behaviour
    for (const ask of [() => service().unwrap(wrapped, 'here'), () => service().keyId()])
      await expect(ask()).rejects.toBeInstanceOf(KeyServiceUnavailableError)
  })

  it('that is stopped is said to be away', async () => {
    const { url, token } = transit
    const stopped = createTransitKeyService({ url, token, keyName: 'city' })
    await transit.stop()
    await expect(stopped.keyId()).rejects.toThrow(/does not answer: ECONNREFUSED/)
    transit = await startTransitServer()
  })

  it('that refuses our token or does not know the key is not merely away', async () => {
    await expect(service({ token: 'wrong' }).keyId()).rejects.toThrow('token')
    await expect(service({ keyName: 'other' }).keyId()).rejects.toBeInstanceOf(KeyServiceError)
  })

  it('never has a key or a token in its errors', async () => {
    const wrapped = await service().wrap(dataKey, 'here')
    const errors: string[] = []
    for (const behaviour of ['sealed', 'silent', 'garbled'] as const) {
      transit.behaviour = behaviour
      await service()
        .unwrap(wrapped, 'here')
        .catch((error: Error) => errors.push(`${error.stack}${String(error.cause)}`))
    }
    expect(errors).toHaveLength(3)
    for (const text of errors) {
      expect(text).not.toContain(transit.token)
      expect(text).not.toContain(dataKey.toString('base64'))
    }
  })

  it('is spoken to in clear on this machine alone', () => {
    const at = (url: string) => () => createTransitKeyService({ url, token: 't', keyName: 'city' })
    expect(at('https://keys.city.example/v1/transit')).not.toThrow()
    expect(at('http://localhost:8200/v1/transit')).not.toThrow()
    for (const url of ['http://keys.city.example/v1/transit', 'ftp://localhost', 'keys'])
      expect(at(url)).toThrow(KeyServiceError)
  })

  it('is used where the environment names one, with its token', async () => {
    expect(await readTransitSettings({})).toBeUndefined()
    const url = 'https://keys.city.example/v1/transit'
    await expect(readTransitSettings({ GUANKOU_KEY_SERVICE_URL: url })).rejects.toBeInstanceOf(
      KeyServiceError,
    )
    expect(
      await readTransitSettings({ GUANKOU_KEY_SERVICE_URL: url, GUANKOU_KEY_SERVICE_TOKEN: 't' }),
    ).toEqual({ url, token: 't', keyName: 'guankou' })
  })
})
