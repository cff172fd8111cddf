import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type LineAnswer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly tookMs: number
}

/** As long as the phone waits for an answer, from the moment it asks. */
const patienceMs = 30_000

/** Connections that a city’s proxy in front of the server keeps; the server itself takes 10,000. */
const mostConnections = 4_000

/**
 * The line to the server, for all phones: as many connections as a proxy would keep, used again and again. Loopback only.
 * @throws where nothing came back in time
 */
export const openLine = (host: string, port: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: mostConnections, maxFreeSockets: mostConnections })
  let [underWay, mostUnderWay] = [0, 0]
  const send = (
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<LineAnswer> => {
    const sentAt = performance.now()
    underWay += 1
    mostUnderWay = Math.max(mostUnderWay, underWay)
    return new Promise<LineAnswer>((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.from(body)
      const more: Record<string, string | number> =
        bytes === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }
      const call = request(
        { host, port, agent, method, path, headers: { ...headers, ...more } },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(chunks),
              tookMs: performance.now() - sentAt,
            }),
          )
        },
      )
      const timer = setTimeout(() => call.destroy(new Error('no answer in time')), patienceMs)
      call.on('close', () => clearTimeout(timer))
      call.on('error', reject)
      call.end(bytes)
    }).finally(() => {
      underWay -= 1
    })
  }
  return { send, mostUnderWay: () => mostUnderWay, close: () => agent.destroy() }
}

export type Line = ReturnType<typeof openLine>
