import { once } from 'node:events'
import { connect } from 'node:net'
import { readSession } from '@guankou/contract/access/session.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sendRaw } from '../../tests-support/raw-http.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  testNowMs,
} from '../../tests-support/test-server.ts'
import { ScannerUnavailableError, type ScanVerdict } from '../scanning/upload-scanner.ts'
import { usualRates } from './rate-limits.ts'

const { situationSummary, publicNotice, signOut, changeFeed, renewBackupCodes } = endpoints

describe.each(inject('databaseServers').slice(0, 1))('a server at the edge of the network', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let verdict: ScanVerdict | 'broken' = { is: 'clean' }
  const scanned: string[] = []
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({
      databaseUrl: database.url,
      uploads: {
        name: 'of this test',
        scan: async (bytes) => {
          scanned.push(Buffer.from(bytes).toString())
          if (verdict === 'broken') throw new ScannerUnavailableError('it is off')
          return verdict
        },
      },
      edge: {
        rates: usualRates,
        connection: { headersMs: 300, requestMs: 600 },
        securityContact: { contacts: ['mailto:security@city.example', 'https://city.example/security'] },
      },
    })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const summaryPath = `${situationSummary.path}?area=440402`
  const https = { 'x-forwarded-proto': 'https' }

  it.each(['/portal/', '/console/', '/field/', '/api/docs/', '/api/health', '/nowhere'])(
    'sends %s with headers that keep it apart, and lets no inline script or style run',
    async (path) => {
      const { headers } = await server.send({ path, headers: https })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).not.toContain('unsafe')
      for (const rule of [
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "default-src 'self'",
      ])
        expect(policy).toContain(rule)
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
      if (!path.startsWith('/api/')) expect(headers.get('permissions-policy')).toContain('geolocation=()')
      expect(headers.get('server')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it('says in clear nothing of transport security, and lets no answer of the interface be kept', async () => {
    const { headers } = await server.send({ path: publicNotice.path })
    expect(headers.get('strict-transport-security')).toBeNull()
    const { send } = await server.signIn('commander', 440402)
    expect((await send({ path: summaryPath })).headers.get('cache-control')).toMatch(/no-store/)
    expect((await send({ path: signOut.path, body: {} })).headers.get('cache-control')).toMatch(/no-store/)
  })

  it('gives behind TLS a cookie that browsers take from this host alone, and takes no other', async () => {
    const { token, send } = await server.signIn('inspector', 440402)
    const ask = (cookie: string, headers = {}) =>
      server.send({ path: readSession.path, headers: { cookie, 'x-guankou-client': 'field', ...headers } })
    expect((await ask(`__Host-guankou_field=${token}`, https)).status).toBe(200)
    expect((await ask(`guankou_field=${token}`, https)).status).toBe(401)
    expect((await ask(`__Host-guankou_field=${token}`)).status).toBe(401)
    const out = await send({
      path: signOut.path,
      body: {},
      headers: { ...https, 'x-guankou-client': 'field' },
    })
    expect(out.headers.getSetCookie().join()).toMatch(
      /^__Host-guankou_field=; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  it('shares nothing with other sites: no answer to any question of CORS', async () => {
    for (const method of ['OPTIONS', 'GET', 'POST'] as const)
      for (const origin of ['https://evil.example', 'null', server.address]) {
        const { headers, status } = await server.send({
          method,
          path: summaryPath,
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'x-guankou-client',
          },
        })
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
        expect(status).toBeGreaterThanOrEqual(400)
      }
  })

  it('stops a session that calls too often, says for how long, and nobody else', async () => {
    const loud = await server.signIn('duty-planner', 440402)
    const quiet = await server.signIn('commander', 440402)
    const write = () => loud.send({ path: renewBackupCodes.path, body: { nothing: 1 } })
    const { burst } = usualRates.write
    for (let times = 0; times < burst; times += 1) expect((await write()).status).not.toBe(429)
    const stopped = await write()
    expect(stopped.json).toMatchObject({ code: 'TOO_MANY_REQUESTS', retry: 'later', retryAfterSeconds: 1 })
    expect(stopped.headers.get('retry-after')).toBe('1')
    expect((await quiet.send({ path: summaryPath })).status).toBe(200)
    expect((await loud.send({ path: summaryPath })).status).toBe(200)
    server.clock.now += 1_000
    expect((await write()).status).not.toBe(429)
    server.clock.now = testNowMs
  })

  it('stops an address that guesses at sessions', async () => {
    const guess = (index: number) =>
      server.send({
        path: summaryPath,
        token: `${index}`.padStart(43, 'A'),
        headers: { 'x-forwarded-for': '10.66.0.1' },
      })
    const statuses: number[] = []
    for (let index = 0; index <= usualRates.stranger.burst; index += 1)
      statuses.push((await guess(index)).status)
    expect(statuses.slice(0, -1).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    const elsewhere = await server.send({ path: summaryPath, headers: { 'x-forwarded-for': '10.66.0.2' } })
    expect(elsewhere.status).toBe(401)
  })

  it('holds a few streams of a session open, and no more', async () => {
    const { token } = await server.signIn('commander', 440400)
    const aborts: AbortController[] = []
    const open = async (): Promise<number> => {
      const abort = new AbortController()
      aborts.push(abort)
      const path = `${server.address}${changeFeed.path}?area=440400`
      return (await fetch(path, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal }))
        .status
    }
    const statuses: number[] = []
    for (let index = 0; index < 13; index += 1) statuses.push(await open())
    expect(statuses).toEqual([...Array(12).fill(200), 429])
    for (const abort of aborts) abort.abort()
  })

  it('lets go of whoever sends a header or a body without end', async () => {
    for (const begun of [
      'GET /api/health HTTP/1.1\r\nhost: x\r\nx-slow: ',
      'POST /api/sync/push HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ]) {
      const { hostname, port } = new URL(server.address)
      const socket = connect(Number(port), hostname)
      let text = ''
      socket.on('data', (data) => {
        text += data.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.write(begun)
      await once(socket, 'close')
      expect(text).toMatch(/^(?:$|HTTP\/1\.1 40[0138] )/)
    }
  })

  it('answers headers that are too large, and what is not HTTP, with a code and closes', async () => {
    const large = await sendRaw(
      server.address,
      Buffer.from(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`),
      20_000,
    )
    expect(large.statuses).toEqual([431])
    expect(large.text).toContain('HEADERS_TOO_LARGE')
    const nonsense = await sendRaw(server.address, Buffer.from('HELLO\r\n\r\n'), 20_000)
    expect(nonsense.text).toContain('MALFORMED_REQUEST')
    for (const { isClosed } of [large, nonsense]) expect(isClosed).toBe(true)
  })

  it.each([
    '/console/..%2f..%2fpackage.json',
    '/console/%2e%2e/%2e%2e/package.json',
    '/field/..%5c..%5cpackage.json',
    '/portal/%00',
    '/portal/assets/..%2f..%2f..%2fserver%2fpackage.json',
    '/.git/config',
    '/console/.env',
  ])('serves nothing outside of the fronts for %s', async (path) => {
    const { text } = await sendRaw(
      server.address,
      Buffer.from(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
      20_000,
      20_000,
    )
    expect(text).not.toContain('"dependencies"')
    expect(text).toMatch(/^HTTP\/1\.1 (?:400|404|200)/)
    if (text.startsWith('HTTP/1.1 200')) expect(text).toContain('<div id="root">')
  })

  it.each(['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'])(
    'takes no prototype from %s, nor from a query',
    async (raw) => {
      const { send } = await server.signIn('commander', 440400)
      expect((await send({ path: signOut.path, raw })).status).toBe(400)
      const query = '__proto__[admin]=1&constructor.prototype.admin=1&__proto__=1'
      expect((await send({ path: `${summaryPath}&${query}` })).status).toBe(400)
      expect(({} as { admin?: unknown }).admin).toBeUndefined()
    },
  )

  it('has what comes in scanned first, and takes it only where the scanner found nothing', async () => {
    const auditor = await server.signIn('auditor', 440400)
    const trace = (text: string) => auditor.send({ path: '/api/exports/trace', body: { text } })
    expect((await trace('a row')).status).toBe(200)
    expect(scanned.at(-1)).toBe('a row')
    verdict = { is: 'infected', signature: 'Test' }
    expect((await trace('a bad row')).json).toMatchObject({ code: 'UPLOAD_INFECTED', path: '/text' })
    verdict = 'broken'
    expect((await trace('a row')).json).toMatchObject({ code: 'SCANNER_UNAVAILABLE', retry: 'later' })
    verdict = { is: 'not-scanned' }
    expect((await trace('a row')).status).toBe(200)
  })

  it('says where weaknesses are reported, for as long as it runs', async () => {
    const { text, headers } = await server.send({ path: '/.well-known/security.txt', headers: https })
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text.split('\r\n')[0]).toBe('Contact: mailto:security@city.example')
    expect(text).toMatch(/^Canonical: https:\/\/.*\/\.well-known\/security\.txt$/m)
    const expires = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1]?.trim() ?? '')
    expect(expires).toBeGreaterThan(server.clock.now)
    expect(expires).toBeLessThan(server.clock.now + 366 * 86_400_000)
  })
})
