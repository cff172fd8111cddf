import { connect } from 'node:net'
import fc from 'fast-check'

const body = '{"commands":[]}'
const path = '/api/sync/push'
const host = 'host: city.example'
const json = 'content-type: application/json\r\nx-guankou-client: service'

const post = (headers: string, payload = ''): string =>
  `POST ${path} HTTP/1.1\r\n${host}\r\n${json}\r\n${headers}\r\n\r\n${payload}`
const get = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\n${host}${headers === '' ? '' : `\r\n${headers}`}\r\n\r\n`

/** Requests that break HTTP/1.1 (RFC 9112) or lean on what servers read differently. */
const brokenRequests: readonly string[] = [
  '',
  '\r\n\r\n',
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'GET /\r\n\r\n',
  'HELO city.example\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  get('/api/health', 'a'.repeat(40_000)),
  get('/api/health', `x: ${'a'.repeat(40_000)}`),
  get('/api/health', Array.from({ length: 3_000 }, (_, index) => `x-${index}: 1`).join('\r\n')),
  get(`/api/health?${'a'.repeat(40_000)}`),
  get('/api/health', 'bad header'),
  get('/api/health', ': empty'),
  get('/api/health', 'x: a\n y: b'),
  get('/api/health', 'x: a\r\n folded'),
  get('/api/health', 'x: \x00'),
  get('/api/health', 'host: other.example'),
  get('http://other.example/api/health'),
  get('/../../../../etc/passwd'),
  get('/console/../../package.json'),
  get('/console/..%2f..%2fpackage.json'),
  get('/console/%2e%2e/%2e%2e/%2e%2e/package.json'),
  get('/console/..\\..\\package.json'),
  get('/field/assets/%00.js'),
  get('//etc/passwd'),
  get('*'),
  'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
  'TRACE / HTTP/1.1\r\nhost: x\r\n\r\n',
  'TRACK / HTTP/1.1\r\nhost: x\r\n\r\n',
  'CONNECT other.example:443 HTTP/1.1\r\nhost: other.example:443\r\n\r\n',
  'GET /api/health HTTP/1.1\r\n\r\n',
  'GET /api/health HTTP/1.0\r\n\r\n',
  post('content-length: 4', body),
  post('content-length: 999999', body),
  post('content-length: -1', body),
  post('content-length: 1e3', body),
  post('content-length: 99999999999999999999', body),
  post('content-length: 15\r\ncontent-length: 16', body),
  post('content-length: 15\r\ntransfer-encoding: chunked', `f\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: chunked', `f\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: chunked', `ff\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: chunked', 'zz\r\n'),
  post('transfer-encoding: chunked', `f;${'a'.repeat(40_000)}\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: chunked', `f\r\n${body}`),
  post('transfer-encoding: chunked', `ffffffffffffffff\r\n${body}`),
  post('transfer-encoding: chunked\r\ntransfer-encoding: identity', `f\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: xchunked', body),
  post('transfer-encoding : chunked', `f\r\n${body}\r\n0\r\n\r\n`),
  post('transfer-encoding: chunked', `f\r\n${body}\r\n0\r\nx-trailer: a\r\n\r\n`),
  post('expect: 100-continue\r\ncontent-length: 15', body),
  post('expect: 200-ok\r\ncontent-length: 15', body),
  post('content-length: 15', body).repeat(20),
  get('/api/health').repeat(50),
  get('/api/health') + post('content-length: 15', body) + get('/nowhere'),
  get(
    '/api/changes',
    'upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13',
  ),
  get(
    '/api/health',
    'upgrade: h2c\r\nconnection: Upgrade, HTTP2-Settings\r\nhttp2-settings: AAMAAABkAAQAAP__',
  ),
]

/** A broken request as it stands, or with bytes changed, cut off or doubled. */
export const rawRequest: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...brokenRequests).map((text) => Buffer.from(text, 'latin1')),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
    fc.option(fc.nat(), { freq: 4 }),
  )
  .map(([request, flips, cut]) => {
    if (request.length === 0) return request
    const bytes = Buffer.from(request)
    for (const [at, byte] of flips) bytes[at % bytes.length] = byte
    return cut === null ? bytes : bytes.subarray(0, cut % bytes.length)
  })

export type RawAnswer = {
  readonly statuses: readonly number[]
  readonly text: string
  readonly isClosed: boolean
}

const mostRead = 262_144

/** For how long a connection stays open for an answer; a client that ends at once is not answered any more. */
const listenMs = 60

/**
 * Sends bytes, listens, says that no more will come, and waits until the server closes or the patience is over.
 * @param hangUpMs  after which it says so; a request that is whole may wait for its answer as long as the patience is
 */
export const sendRaw = async (
  address: string,
  bytes: Uint8Array,
  patienceMs: number,
  hangUpMs = listenMs,
): Promise<RawAnswer> => {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  const closed = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => closed.resolve(false), patienceMs)
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    if (chunks.reduce((sum, { length }) => sum + length, 0) > mostRead) closed.resolve(true)
  })
  socket.on('error', () => closed.resolve(true))
  socket.on('close', () => closed.resolve(true))
  socket.write(bytes)
  const listening = setTimeout(() => socket.end(), hangUpMs)
  const isClosed = await closed.promise
  clearTimeout(listening)
  clearTimeout(timer)
  socket.destroy()
  const text = Buffer.concat(chunks).toString('latin1')
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
  return { statuses, text, isClosed }
}
