/** One event of a stream, as an EventSource would dispatch it. */
export type StreamEvent = { readonly id: string; readonly type: string; readonly data: string }

export type EventStreamParser = {
  /** Takes the next piece of the stream, cut anywhere. @returns the events that it completed */
  readonly push: (text: string) => readonly StreamEvent[]
  readonly comments: readonly string[]
  /** What an EventSource would send to resume: also moved by an event without data. */
  readonly lastEventId: () => string
  readonly retryMilliseconds: () => number | undefined
}

type Fields = { id: string; type: string; data: string[] }

/**
 * Reads server-sent events by the letter of the HTML Living Standard, section 9.2.6: lines end in LF, CR or CRLF, one
 * space after the colon is dropped, an event without data is not dispatched, and an id holds until the next one.
 */
export const createEventStreamParser = (): EventStreamParser => {
  const comments: string[] = []
  let rest = ''
  let retry: number | undefined
  let lastEventId = ''
  let fields: Fields = { id: '', type: '', data: [] }
  const takeField = (name: string, value: string): void => {
    if (name === 'data') fields.data.push(value)
    else if (name === 'event') fields.type = value
    else if (name === 'id' && !value.includes('\0')) fields.id = value
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value)
  }
  const takeLine = (line: string): StreamEvent | undefined => {
    if (line === '') {
      const { id, type, data } = fields
      lastEventId = id
      fields = { id, type: '', data: [] }
      return data.length === 0
        ? undefined
        : { id, type: type === '' ? 'message' : type, data: data.join('\n') }
    }
    const colon = line.indexOf(':')
    if (colon === 0) comments.push(line.slice(1))
    else if (colon === -1) takeField(line, '')
    else takeField(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''))
    return undefined
  }
  return {
    comments,
    lastEventId: () => lastEventId,
    retryMilliseconds: () => retry,
    push: (text) => {
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      return lines.flatMap((line) => takeLine(line) ?? [])
    },
  }
}
