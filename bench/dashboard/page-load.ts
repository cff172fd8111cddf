import http from 'node:http'

export const pageEndpoints = ['summary', 'posts', 'origins', 'curve', 'events'] as const
export type PageEndpoint = (typeof pageEndpoints)[number]

/** Spends a one-time link. @returns the session token */
export const signIn = async (server: URL, linkToken: string): Promise<string> => {
  const response = await fetch(new URL('/api/access/sign-in', server), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-guankou-client': 'service' },
    body: JSON.stringify({ token: linkToken }),
  })
  const cookie = /guankou_service=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')
  if (cookie?.[1] === undefined) throw new Error(`sign-in answered ${response.status}`)
  return cookie[1]
}

/** Reads addresses of the server over kept-alive connections, with the encodings a browser takes. */
export const createReader = (server: URL, token: string, connections: number) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const read = (path: string, encoding: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding }
      const request = http.get(new URL(path, server), { agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks))
          else reject(new Error(`${path} answered ${response.statusCode}`))
        })
      })
      request.on('error', reject)
    })
  return {
    /** @returns milliseconds from the request to the last byte of the answer */
    time: async (path: string): Promise<number> => {
      const startedAt = performance.now()
      await read(path, 'gzip, deflate, br')
      return performance.now() - startedAt
    },
    json: async <Body>(path: string): Promise<Body> => JSON.parse((await read(path, 'identity')).toString()),
    close: () => agent.destroy(),
  }
}

export type Reader = ReturnType<typeof createReader>

/** Address of an endpoint of the Situation page. @param day  left out: today, as the page asks */
export const pathOf = (endpoint: PageEndpoint, area: number, day?: string): string =>
  `/api/situation/${endpoint}?area=${area}${day === undefined ? '' : `&day=${day}`}`

export type Latencies = Readonly<Record<PageEndpoint, number[]>>

/**
 * Reads the five endpoints in turn, as many at a time as there are connections, every other round today and the rest
 * past days.
 * @returns milliseconds of each request, by endpoint
 */
export const timePage = async (
  reader: Reader,
  options: {
    readonly area: number
    readonly pastDays: readonly string[]
    readonly rounds: number
    readonly atOnce: number
  },
): Promise<Latencies> => {
  const latencies: Latencies = { summary: [], posts: [], origins: [], curve: [], events: [] }
  const requests = Array.from({ length: options.rounds }, (_, round) => {
    const day = round % 2 === 0 ? undefined : options.pastDays[(round >> 1) % options.pastDays.length]
    return pageEndpoints.map((endpoint) => ({ endpoint, path: pathOf(endpoint, options.area, day) }))
  })
  const waiting = requests.flat().values()
  const worker = async (): Promise<void> => {
    for (const { endpoint, path } of waiting) latencies[endpoint].push(await reader.time(path))
  }
  await Promise.all(Array.from({ length: options.atOnce }, worker))
  return latencies
}
