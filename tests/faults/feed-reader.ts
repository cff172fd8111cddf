import { setTimeout as pause } from 'node:timers/promises'
import { type ChangeEvent, changeFeed } from '@guankou/contract/changes/change-feed.ts'
import { urlOf } from '@guankou/contract/client.ts'

const reconnectPauseMs = 100

export type SeenChange = { readonly cursor: string; readonly change: ChangeEvent }

export type FeedReader = {
  readonly seen: readonly SeenChange[]
  readonly connections: () => number
  readonly stop: () => Promise<void>
}

/** Takes lines one by one and gives an event at each empty one (HTML Living Standard, section 9.2.6). */
export const createEventParser = (
  onEvent: (event: { readonly id: string; readonly text: string }) => void,
) => {
  let rest = ''
  let id = ''
  let lines: string[] = []
  const onLine = (line: string): void => {
    if (line === '') {
      if (lines.length > 0) onEvent({ id, text: lines.join('\n') })
      lines = []
    } else if (line.startsWith('id: ')) id = line.slice(4)
    else if (line.startsWith('data: ')) lines.push(line.slice(6))
  }
  return (chunk: string): void => {
    const complete = (rest + chunk).split('\n')
    rest = complete.pop() ?? ''
    for (const line of complete) onLine(line)
  }
}

/** Reads the change feed from its beginning and comes back after its last event whenever the line breaks. */
export const followFeed = (origin: string, bearer: string, area: number): FeedReader => {
  const seen: SeenChange[] = []
  const stopping = new AbortController()
  const { signal } = stopping
  let connections = 0

  const readOnce = async (): Promise<void> => {
    const headers = { authorization: bearer, 'last-event-id': seen.at(-1)?.cursor ?? '0-0' }
    const response = await fetch(origin + urlOf(changeFeed, { area }), { headers, signal })
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel()
      return
    }
    connections += 1
    const parse = createEventParser(({ id, text }) => {
      seen.push({ cursor: id, change: JSON.parse(text) as ChangeEvent })
    })
    const decoder = new TextDecoder()
    for await (const bytes of response.body) parse(decoder.decode(bytes, { stream: true }))
  }
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      // A broken line is what is expected here; what was missed shows in the comparison.
      await readOnce().catch(() => undefined)
      await pause(reconnectPauseMs)
    }
  }
  const following = follow()
  return {
    seen,
    connections: () => connections,
    stop: async () => {
      stopping.abort()
      await following
    },
  }
}
