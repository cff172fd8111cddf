import { reopenAfterMs } from '#src/live/line.ts'

export type LineHandlers = {
  readonly opened: () => void
  readonly message: (text: string) => void
  readonly broke: () => void
}

export type LineSource = {
  readonly isUp: () => boolean
  readonly reopen: () => void
  readonly close: () => void
}

/**
 * Server-sent events that come back by themselves: after a break the browser retries and resumes by Last-Event-ID,
 * after a refusal this does, more slowly each time.
 */
export const openLine = (url: string, handlers: LineHandlers): LineSource => {
  let source: EventSource | undefined
  let refusals = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = (): void => {
    clearTimeout(timer)
    source?.close()
    const opened = new EventSource(url)
    source = opened
    opened.onopen = () => {
      refusals = 0
      handlers.opened()
    }
    opened.onmessage = (message: MessageEvent<string>) => handlers.message(message.data)
    opened.onerror = () => {
      handlers.broke()
      if (opened.readyState !== EventSource.CLOSED) return
      refusals++
      clearTimeout(timer)
      timer = setTimeout(open, reopenAfterMs(refusals))
    }
  }
  open()
  return {
    isUp: () => source?.readyState === EventSource.OPEN,
    reopen: open,
    close: () => {
      clearTimeout(timer)
      source?.close()
    },
  }
}
