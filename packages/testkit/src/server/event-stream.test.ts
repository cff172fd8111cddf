import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventStreamParser } from '#src/server/event-stream.ts'

const parse = (...pieces: readonly string[]) => {
  const parser = createEventStreamParser()
  return { parser, events: pieces.flatMap((piece) => parser.push(piece)) }
}

describe('the reader of event streams', () => {
  it('takes the examples of the standard', () => {
    expect(parse('data: YHOO\ndata: +2\ndata: 10\n\n').events).toEqual([
      { id: '', type: 'message', data: 'YHOO\n+2\n10' },
    ])
    const second = parse(
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    )
    expect(second.parser.comments).toEqual([' test stream'])
    expect(second.events).toEqual([
      { id: '1', type: 'message', data: 'first event' },
      { id: '', type: 'message', data: 'second event' },
      { id: '', type: 'message', data: ' third event' },
    ])
    expect(parse('data\n\ndata\ndata\n\ndata:').events.map(({ data }) => data)).toEqual(['', '\n'])
  })

  it('dispatches nothing without data, keeps the id, and reads names and retry', () => {
    const { parser, events } = parse('retry: 1000\n\nid: 7\n\nevent: other\ndata: x\n\nretry: soon\n\n')
    expect(events).toEqual([{ id: '7', type: 'other', data: 'x' }])
    expect(parser.retryMilliseconds()).toBe(1000)
    const joined = parse('id: 9\n\nid: 10\n')
    expect([joined.events, joined.parser.lastEventId()]).toEqual([[], '9'])
  })

  it('does not care where the stream is cut', () => {
    const text = 'retry: 1\r\n\r\nid: a-1\r\ndata: {"x":1}\r\n\r\n: alive\n\nid: a-2\rdata: y\r\rdata: z\n\n'
    const whole = parse(text).events
    expect(whole).toHaveLength(3)
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end))
        expect(parse(...pieces).events).toEqual(whole)
      }),
    )
  })
})
