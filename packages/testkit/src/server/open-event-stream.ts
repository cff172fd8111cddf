import { createEventStreamParser, type EventStreamParser, type StreamEvent } from './event-stream.ts'

export type OpenEventStream = {
  readonly status: number
  readonly headers: Headers
  readonly parser: EventStreamParser
  /** Everything that has come so far. */
  readonly events: readonly StreamEvent[]
  /** Waits until the events that have come satisfy a condition. @throws Error where the stream ends before */
  readonly until: (holds: (events: readonly StreamEvent[]) => boolean) => Promise<readonly StreamEvent[]>
  readonly close: () => void
}

/** Opens a stream of server-sent events and collects what comes. */
export const openEventStream = async (
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenEventStream> => {
  const abort = new AbortController()
  const response = await fetch(url, { headers, signal: abort.signal })
  const parser = createEventStreamParser()
  const events: StreamEvent[] = []
  let ended = false
  let wake = Promise.withResolvers<void>()
  const tell = (): void => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of response.body ?? []) {
        events.push(...parser.push(decoder.decode(chunk as Uint8Array, { stream: true })))
        tell()
      }
    } catch {
      // The reader closed it, or the server is gone: either way nothing more comes.
    }
    ended = true
    tell()
  }
  void read()
  return {
    status: response.status,
    headers: response.headers,
    parser,
    events,
    until: async (holds) => {
      while (!holds(events)) {
        if (ended) throw new Error(`the stream ended after ${events.length} events`)
        await wake.promise
      }
      return events
    },
    close: () => abort.abort(),
  }
}
