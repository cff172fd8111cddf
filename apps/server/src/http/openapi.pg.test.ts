import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { errors } from '@guankou/contract/errors.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'
import { codesOf } from './openapi.ts'

type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly security?: readonly object[]
  readonly requestBody?: { readonly content: Record<string, { schema: object }> }
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[]
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}
type OpenApi = { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> }

const all: readonly EndpointDeclaration[] = Object.values(endpoints)

describe.each(inject('databaseServers').slice(0, 1))('the OpenAPI document', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let document: OpenApi
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    document = (await server.send({ path: '/api/openapi.json' })).json as OpenApi
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    const result = await new Validator().validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('holds the endpoints of the contract and no others', () => {
    const found = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
      ),
    )
    expect(found.toSorted()).toEqual(all.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted())
  })

  it.each(all.map((endpoint) => [endpoint.id, endpoint] as const))(
    'says of %s what it takes, what it answers, and every code it refuses with',
    (_, endpoint) => {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]
      if (operation === undefined) throw new Error('it is not there')
      expect(operation.summary).toBe(endpoint.summary)
      expect(operation.description).toContain(endpoint.access.purpose)
      expect(operation.requestBody !== undefined).toBe(endpoint.body !== undefined)
      expect((operation.security ?? []).length > 0).toBe(endpoint.access.roles !== 'anyone')
      const query = Object.keys((endpoint.query as { properties?: object } | undefined)?.properties ?? {})
      expect(
        (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name),
      ).toEqual(query)
      const isRedirect = endpoint.redirects === true
      const success = operation.responses[String(isRedirect ? 302 : (endpoint.successStatus ?? 200))]
      const mediaTypes = {
        json: 'application/json',
        sse: 'text/event-stream',
        file: 'application/octet-stream',
      }
      const mediaType = mediaTypes[endpoint.stream ?? 'json']
      expect(Object.keys(success?.content ?? {})).toEqual(isRedirect ? [] : [mediaType])
      for (const code of [...codesOf(endpoint), ...endpoint.errors])
        expect(operation.responses[String(errors[code].status)]?.description, code).toContain(code)
    },
  )

  it('is shown on a page that needs no other host', async () => {
    const redirected = await server.send({ path: '/api/docs' })
    const path = redirected.status >= 300 ? (redirected.headers.get('location') ?? '') : '/api/docs'
    const page = await server.send({ path: new URL(path, `${server.address}/api/docs`).pathname })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    const named = [...page.text.matchAll(/(?:src|href|url|action)\s*=\s*["']([^"']+)["']/gi)].map(
      (match) => match[1] ?? '',
    )
    const elsewhere = [...named, ...page.text.matchAll(/@import|url\(\s*["']?(?:https?:)?\/\//gi)].filter(
      (one) => /^(?:https?:)?\/\//.test(String(one)),
    )
    expect(elsewhere).toEqual([])
    const scripts = named.filter((one) => /\.js(\?|$)/.test(one))
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) {
      const answer = await server.send({ path: new URL(script, `${server.address}${path}`).pathname })
      expect([script, answer.status]).toEqual([script, 200])
    }
    // Whatever the page may try, the browser lets it speak to its own server alone.
    const policy = page.headers.get('content-security-policy') ?? ''
    for (const source of ['default-src', 'connect-src', 'script-src', 'font-src', 'style-src'])
      expect(policy).toContain(`${source} 'self'`)
    expect(policy).not.toMatch(/https?:|\*/)
  })
})
