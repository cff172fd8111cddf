import { frontHeader } from '@guankou/contract/client.ts'

export type TestRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  /** Path with query. */
  readonly path: string
  /** Sent as it is: text, bytes or nothing. */
  readonly raw?: string | Uint8Array
  /** Sent as JSON, where `raw` is left out. */
  readonly body?: unknown
  /** Bearer token. */
  readonly token?: string
  /** An empty text takes a header away that would be sent otherwise. */
  readonly headers?: Readonly<Record<string, string>>
}

export type TestAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body where it is JSON, `undefined` otherwise. */
  readonly json: unknown
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sends one request as a front would, with whatever a test wants to be wrong about it. */
export const sendJson = async (address: string, request: TestRequest): Promise<TestAnswer> => {
  const payload = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const headers = Object.entries({
    [frontHeader]: 'service',
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
    ...request.headers,
  }).filter(([, value]) => value !== '')
  const response = await fetch(`${address}${request.path}`, {
    method: request.method ?? (payload === undefined ? 'GET' : 'POST'),
    headers: Object.fromEntries(headers),
    redirect: 'manual',
    // Bytes and not text: text would bring a content type of its own.
    ...(payload === undefined ? {} : { body: Buffer.from(payload) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}
