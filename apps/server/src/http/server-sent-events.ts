import type { FastifyReply } from 'fastify'

const heartbeatMs = 15_000
/** A reader that falls this far behind is let go; it comes back and resumes from its last event. */
const mostBufferedBytes = 1_048_576

/** An event without data tells the reader where it stands, and nothing else. */
type Send = (event: { readonly id: string; readonly data?: unknown }) => void

/** Answers a stream of server-sent events (HTML Living Standard, section 9.2) until the reader goes. */
export const sendEvents = async (
  reply: FastifyReply,
  open: (send: Send) => Promise<() => void>,
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
  const heartbeat = setInterval(() => raw.write(': alive\n\n'), heartbeatMs)
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
