import type { FastifyReply } from 'fastify'

const heartbeatMs = 15_000
/** A reader that falls this far behind is let go; it comes back and resumes from its last event. */
const mostBufferedBytes = 1_048_576

/** An event without data tells the reader where it stands, and nothing else. */
type Send = (event: { readonly id: string; readonly data?: unknown }) => void

type Stream = {
  readonly open: (send: Send) => Promise<() => void>
  /** Asked with every heartbeat: a session that ended takes its streams with it. */
  readonly mayGoOn: () => Promise<boolean>
  readonly everyMs?: number
}

/**
 * Answers a stream of server-sent events (HTML Living Standard, section 9.2) until the reader goes, or may no longer
 * read.
 */
export const sendEvents = async (
  reply: FastifyReply,
  { open, mayGoOn, everyMs = heartbeatMs }: Stream,
): Promise<FastifyReply> => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.write('retry: 1000\n\n')
  const send: Send = ({ id, data }) => {
    if (raw.destroyed) return
    raw.write(data === undefined ? `id: ${id}\n\n` : `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`)
    if (raw.writableLength > mostBufferedBytes) raw.destroy()
  }
  const beat = async (): Promise<void> => {
    // While the database is away nobody can say; the reader is not sent off for that.
    const goesOn = await mayGoOn().catch(() => true)
    if (raw.writableEnded || raw.destroyed) return
    if (goesOn) raw.write(': alive\n\n')
    else raw.end()
  }
  const heartbeat = setInterval(() => void beat(), everyMs)
  let close: (() => void) | undefined
  let gone = false
  raw.on('close', () => {
    gone = true
    clearInterval(heartbeat)
    close?.()
  })
  try {
    close = await open(send)
    if (gone) close()
  } catch {
    // The header is out already; ending the stream makes the reader come back and ask again.
    raw.end()
  }
  return reply
}
