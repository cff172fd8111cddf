import type pg from 'pg'

/** The parts of the driver's connection that COPY needs; it has no other way to send or receive a stream. */
type Wire = {
  readonly query: (text: string) => void
  readonly sendCopyFromChunk: (chunk: Buffer) => void
  readonly endCopyFrom: () => void
  readonly sendCopyFail: (message: string) => void
  readonly stream: {
    readonly pause: () => void
    readonly resume: () => void
    readonly writableNeedDrain: boolean
    readonly once: (event: 'drain' | 'close', listener: () => void) => void
  }
}

/** What the driver calls while a statement is under way. */
type UnderWay = {
  callback?: (error: Error | null) => void
  readonly submit: (wire: Wire) => void
  readonly handleError: (error: Error) => void
  readonly handleReadyForQuery: () => void
  readonly handleCommandComplete: (message: { readonly text: string }) => void
  readonly handleCopyInResponse: (wire: Wire) => void
  readonly handleCopyData: (message: { readonly chunk: Buffer }, wire: Wire) => void
}

const submit = (client: pg.ClientBase, statement: UnderWay): void => {
  ;(client.query as unknown as (statement: UnderWay) => void)(statement)
}

const rowsOf = (tag: string): number => Number(/(\d+)$/.exec(tag)?.[1] ?? Number.NaN)

/** Bytes that may wait for whoever reads; then the server waits. */
const mostWaitingBytes = 4 * 2 ** 20

export type CopyOut = {
  /** To be read to the end; ends with the statement. */
  readonly chunks: AsyncIterable<Buffer>
  /** Rows that were sent; known at the end. */
  readonly rows: () => number
}

/** What has come and not been read yet; makes the server wait where that is much. */
const createInbox = () => {
  let waiting: Buffer[] = []
  let [bytes, isOver]: [number, boolean] = [0, false]
  let failure: Error | undefined
  let paused: Wire | undefined
  let wake: (() => void) | undefined
  const take = (): Buffer | undefined => {
    if (waiting.length === 0) return undefined
    const chunk = Buffer.concat(waiting)
    waiting = []
    bytes = 0
    paused?.stream.resume()
    paused = undefined
    return chunk
  }
  return {
    put: (chunk: Buffer, wire: Wire): void => {
      waiting.push(chunk)
      bytes += chunk.length
      if (bytes > mostWaitingBytes && paused === undefined) {
        paused = wire
        wire.stream.pause()
      }
      wake?.()
    },
    end: (error?: Error): void => {
      failure ??= error
      isOver = true
      wake?.()
    },
    read: async function* (): AsyncGenerator<Buffer> {
      for (;;) {
        const chunk = take()
        if (chunk !== undefined) yield chunk
        else if (isOver) break
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      if (failure !== undefined) throw failure
    },
  }
}

/**
 * Runs a `copy … to stdout`.
 * @param client  not of a pipelining pool, with nothing under way
 */
export const copyOut = (client: pg.ClientBase, text: string): CopyOut => {
  const inbox = createInbox()
  let rows = Number.NaN
  submit(client, {
    callback: (error) => {
      if (error !== null) inbox.end(error)
    },
    submit: (wire) => wire.query(text),
    handleError: inbox.end,
    handleReadyForQuery: () => inbox.end(),
    handleCommandComplete: (message) => {
      rows = rowsOf(message.text)
    },
    handleCopyInResponse: (wire) => wire.sendCopyFail('a copy to, not from'),
    // The driver reads the next message into the memory that this one lies in.
    handleCopyData: ({ chunk }, wire) => inbox.put(Buffer.from(chunk), wire),
  })
  return { chunks: inbox.read(), rows: () => rows }
}

/**
 * Runs a `copy … from stdin` with what a source gives.
 * @param client  not of a pipelining pool, with nothing under way
 * @returns rows that were written   @throws the error of the source or of the database; then nothing was written
 */
export const copyIn = (client: pg.ClientBase, text: string, source: AsyncIterable<Buffer>): Promise<number> =>
  new Promise((resolve, reject) => {
    let rows = Number.NaN
    let failure: unknown
    let isOver = false
    const feed = async (wire: Wire): Promise<void> => {
      try {
        for await (const chunk of source) {
          if (isOver) return
          wire.sendCopyFromChunk(chunk)
          if (wire.stream.writableNeedDrain)
            await new Promise<void>((drained) => {
              wire.stream.once('drain', drained)
              wire.stream.once('close', drained)
            })
        }
        if (!isOver) wire.endCopyFrom()
      } catch (error) {
        failure = error
        if (!isOver) wire.sendCopyFail('the source failed')
      }
    }
    const end = (error?: Error): void => {
      if (isOver) return
      isOver = true
      const cause = failure ?? error
      if (cause === undefined) resolve(rows)
      else reject(cause)
    }
    submit(client, {
      callback: (error) => end(error ?? undefined),
      submit: (wire) => wire.query(text),
      handleError: end,
      handleReadyForQuery: () => end(),
      handleCommandComplete: (message) => {
        rows = rowsOf(message.text)
      },
      handleCopyInResponse: (wire) => void feed(wire),
      handleCopyData: () => undefined,
    })
  })
