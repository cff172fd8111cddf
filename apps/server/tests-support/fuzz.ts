import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { roles } from '@guankou/contract/roles.ts'
import type { TestRequest } from '@guankou/testkit/server/send-json.ts'
import fc from 'fast-check'
import { hostileBody, hostileText, hostileValue, mutationOf } from './hostile.ts'
import { sampleCall } from './sample-call.ts'

/** A request that somebody might send, and who sends it. */
export type FuzzedRequest = {
  readonly endpoint: EndpointDeclaration
  readonly who: Role | 'nobody'
  readonly request: TestRequest
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const

const oddHeaderValues = [
  '"',
  '%',
  '\u00ff',
  '0',
  '-1',
  'null',
  '*',
  'a'.repeat(6_000),
  '"><script>alert(1)</script>',
  'gzip, deflate, br;q=0',
  'bytes=0-99999999999',
  '__proto__',
  '127.0.0.1',
  '::1',
  'https',
  'javascript:',
  'guankou_console=%; guankou_field=; __proto__=1; =; ;;;',
  "' or 1=1 --",
  '9'.repeat(400),
]

const headerNames = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-encoding',
  'content-type',
  'cookie',
  'if-none-match',
  'if-modified-since',
  'last-event-id',
  'origin',
  'range',
  'referer',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-guankou-client',
  'x-http-method-override',
  'x-original-url',
]

const pathTails = [
  '/',
  '//',
  '/.',
  '/..',
  '/../../../../etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/package.json',
  '%00',
  '%zz',
  '%ff',
  ';a=1',
  '#x',
  '?',
  '??',
  '?__proto__[x]=1&constructor[prototype][x]=1',
  '?area[]=1&area[a][b]=2&area.area=3',
  `?${'a=1&'.repeat(1_500)}`,
  `/${'a'.repeat(5_000)}`,
]

const headers = fc.dictionary(fc.constantFrom(...headerNames), fc.constantFrom(...oddHeaderValues), {
  maxKeys: 3,
})

const queryText = fc
  .array(
    fc.tuple(
      fc.constantFrom('area', 'day', 'page', 'cursor', 'from', 'until', 'id', '__proto__', 'constructor'),
      fc.oneof(hostileValue.map(hostileText), fc.constantFrom('440402', '440400', '2020-02-10', '1')),
    ),
    { maxLength: 4 },
  )
  .map((pairs) =>
    pairs
      .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed().slice(0, 1_500))}`)
      .join('&'),
  )

/** Bodies that are good, nearly good, or no bodies at all. */
const bodyFor = (good: unknown): fc.Arbitrary<string | Uint8Array | undefined> => {
  const isTree = typeof good === 'object' && good !== null && Object.keys(good).length > 0
  const valid = fc.constant(JSON.stringify(good ?? {}))
  if (!isTree) return fc.oneof(valid, hostileBody)
  const changed = fc
    .array(mutationOf(good), { minLength: 1, maxLength: 3 })
    .map((mutations) => hostileText(mutations.reduce(applied, good)))
  const cut = fc.nat({ max: JSON.stringify(good).length }).map((at) => JSON.stringify(good).slice(0, at))
  return fc.oneof(
    { weight: 2, arbitrary: valid },
    { weight: 8, arbitrary: changed },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: hostileBody },
  )
}

/** A later change may be to a place that an earlier one took away. */
const applied = (tree: unknown, { apply }: { readonly apply: (tree: unknown) => unknown }): unknown => {
  try {
    return apply(tree)
  } catch {
    return tree
  }
}

const requestOf = (endpoint: EndpointDeclaration, area: number): fc.Arbitrary<TestRequest> => {
  const good = sampleCall(endpoint, area)
  const path = fc.oneof(
    { weight: 6, arbitrary: fc.constant(good.path) },
    { weight: 3, arbitrary: queryText.map((query) => `${endpoint.path}?${query}`) },
    { weight: 1, arbitrary: fc.constantFrom(...pathTails).map((tail) => endpoint.path + tail) },
  )
  const method = fc.oneof(
    { weight: 12, arbitrary: fc.constant(endpoint.method) },
    { weight: 1, arbitrary: fc.constantFrom(...methods) },
  )
  const shape = fc.record({
    path,
    method,
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, headers),
  })
  return shape.chain(({ path: full, method: verb, headers: odd }) => {
    const request = { path: full, method: verb, headers: odd }
    if (verb === 'GET' || verb === 'HEAD') return fc.constant(request)
    return bodyFor(good.body).map((raw) => (raw === undefined ? request : { ...request, raw }))
  })
}

/** Requests to every endpoint given, as anybody, from nearly right to absurd. */
export const fuzzedRequest = (endpoints: readonly EndpointDeclaration[]): fc.Arbitrary<FuzzedRequest> => {
  const made = endpoints.map((endpoint) => ({
    endpoint,
    request: fc.oneof(requestOf(endpoint, 440402), requestOf(endpoint, 440400)),
  }))
  const who = fc.constantFrom(...roles, 'nobody' as const)
  return fc.constantFrom(...made).chain(({ endpoint, request: one }) => {
    const { roles: allowed } = endpoint.access
    // Half of them by somebody who is let in, or little would be reached.
    const some = allowed === 'anyone' ? who : fc.oneof(who, fc.constantFrom(...allowed))
    return fc.tuple(some, one).map(([sender, request]) => ({ endpoint, who: sender, request }))
  })
}

/** What no answer may show: how the server works, where it lives, and what was said to a database. */
const innards: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s+at |\(node:|node:internal|\.ts:\d+:\d+|node_modules/],
  ['a folder of the server', /\/(?:work|home|root|tmp|usr|var)\/[\w.-]+\//],
  ['SQL', /\b(?:select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b/i],
  ['the database', /postgres(?:ql)?:\/\/|violates|relation "|syntax error at|SQLSTATE|pg_catalog/],
  ['a hash of a password', /\$argon2/],
]

/** What an answer shows that it must not, by name. @param planted  texts that only the server holds */
export const leaksIn = (text: string, planted: readonly string[]): readonly string[] => [
  ...innards.filter(([, pattern]) => pattern.test(text)).map(([name]) => name),
  ...planted.filter((secret) => text.includes(secret)),
]
