import net from 'node:net'

export type LoadResult = {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly answered: number
  readonly failed: number
}

export type Target = { readonly host: string; readonly port: number; readonly token: string }

/** A request as it goes over the wire; made before the clock runs, so that the load costs as little as it can. */
export const requestBytes = (target: Target, path: string, body: string): Buffer => {
  const payload = Buffer.from(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${target.host}:${target.port}`,
    `authorization: Bearer ${target.token}`,
    'content-type: application/json',
    `content-length: ${payload.length}`,
    '\r\n',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(head), payload])
}

type Answer = { readonly status: number; readonly body: string }

/** One kept-alive connection that sends a request, reads its answer, and sends the next. */
const connectionOf = async (target: Target) => {
  const socket = net.connect(target.port, target.host)
  socket.setNoDelay(true)
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let received = Buffer.alloc(0)
  let settle: ((answer: Answer) => void) | undefined
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`no content-length in ${head}`)
    if (received.length < end + 4 + length) return
    const answer = {
      status: Number(head.slice(9, 12)),
      body: received.toString('utf8', end + 4, end + 4 + length),
    }
    received = received.subarray(end + 4 + length)
    settle?.(answer)
  })
  return {
    send: (bytes: Buffer): Promise<Answer> =>
      new Promise((resolve) => {
        settle = resolve
        socket.write(bytes)
      }),
    close: () => socket.destroy(),
  }
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

/**
 * Sends the requests over `concurrency` connections, each waiting for its answer before the next, for at most
 * `seconds` or until they are used up.
 * @param accept  whether an answer counts as done
 */
export const runLoad = async (
  target: Target,
  requests: readonly Buffer[],
  options: {
    readonly concurrency: number
    readonly seconds: number
    readonly accept: (answer: Answer) => boolean
  },
): Promise<LoadResult> => {
  const connections = await Promise.all(
    Array.from({ length: options.concurrency }, () => connectionOf(target)),
  )
  const latencies: number[] = []
  let next = 0
  let failed = 0
  const startedAt = performance.now()
  const until = startedAt + options.seconds * 1_000
  await Promise.all(
    connections.map(async (connection) => {
      for (let sentAt = performance.now(); sentAt < until && next < requests.length; ) {
        const bytes = requests[next] as Buffer
        next += 1
        const answer = await connection.send(bytes)
        const now = performance.now()
        if (options.accept(answer)) latencies.push(now - sentAt)
        else failed += 1
        sentAt = now
      }
    }),
  )
  const elapsedSeconds = (performance.now() - startedAt) / 1_000
  for (const connection of connections) connection.close()
  const sorted = Float64Array.from(latencies).sort()
  return {
    perSecond: latencies.length / elapsedSeconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    answered: latencies.length,
    failed,
  }
}
