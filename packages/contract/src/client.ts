import type { BodyOf, EndpointDeclaration, OutputOf, QueryOf } from './endpoint.ts'
import { retryRules } from './errors/error-entry.ts'
import type { ErrorBody } from './errors.ts'

/** The part of `fetch` that the client needs, so that this package knows no browser. */
export type FetchPort = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
    readonly credentials: 'same-origin'
  },
) => Promise<{ readonly status: number; readonly text: () => Promise<string> }>

/** An answer: the output, or a refusal with its code, or the news that nothing came back. */
export type Answer<T> =
  | { readonly is: 'ok'; readonly value: T }
  | { readonly is: 'refused'; readonly status: number; readonly error: ErrorBody }
  | { readonly is: 'unreachable'; readonly reason: string }

type Input<D extends EndpointDeclaration> = (D extends { query: object }
  ? { readonly query: QueryOf<D> }
  : unknown) &
  (D extends { body: object } ? { readonly body: BodyOf<D> } : unknown)

/** The doors of the house; each holds a session of its own, so that one browser can open two of them. */
export const frontNames = ['field', 'console', 'portal', 'service'] as const
export type FrontName = (typeof frontNames)[number]

/**
 * Names the front. It picks the session cookie, and as a form on another site cannot send it, a POST without it is
 * refused: that closes cross-site requests.
 */
export const frontHeader = 'x-guankou-client'

const queryText = (query: Readonly<Record<string, unknown>>): string => {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** The address of an endpoint with its query. */
export const urlOf = (endpoint: EndpointDeclaration, query: Readonly<Record<string, unknown>> = {}): string =>
  `${endpoint.path}${queryText(query)}`

/** By form, not by registry: an older phone must understand a newer server's refusal by its `retry`. */
const isErrorBody = (value: unknown): value is ErrorBody => {
  if (typeof value !== 'object' || value === null) return false
  const { code, retry, text } = value as Partial<ErrorBody>
  return typeof code === 'string' && retryRules.some((rule) => rule === retry) && typeof text?.zh === 'string'
}

const parseAnswer = <T>(status: number, text: string): Answer<T> => {
  try {
    const parsed: unknown = JSON.parse(text)
    if (status >= 200 && status < 300) return { is: 'ok', value: parsed as T }
    if (isErrorBody(parsed)) return { is: 'refused', status, error: parsed }
  } catch {
    // A proxy or captive portal answered instead of the server.
  }
  return { is: 'unreachable', reason: `unexpected answer, HTTP ${status}` }
}

/**
 * The one client of all fronts.
 * @param fetch  the platform's fetch
 * @param options.front  which front calls
 * @param options.base  origin of the server, empty for same-origin
 * @param options.headers  added to each request, for instance `authorization`
 */
export const createClient = (
  fetch: FetchPort,
  options: {
    readonly front?: FrontName
    readonly base?: string
    readonly headers?: Readonly<Record<string, string>>
  } = {},
) => ({
  async call<const D extends EndpointDeclaration>(
    endpoint: D,
    input: Input<D>,
  ): Promise<Answer<OutputOf<D>>> {
    const { query, body } = input as { query?: Record<string, unknown>; body?: unknown }
    try {
      const response = await fetch((options.base ?? '') + urlOf(endpoint, query), {
        method: endpoint.method,
        credentials: 'same-origin',
        headers: {
          ...options.headers,
          [frontHeader]: options.front ?? 'console',
          ...(endpoint.method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return parseAnswer<OutputOf<D>>(response.status, await response.text())
    } catch (cause) {
      return { is: 'unreachable', reason: cause instanceof Error ? cause.message : String(cause) }
    }
  },
})

export type Client = ReturnType<typeof createClient>
