import pg from 'pg'

export type Listener = { readonly stop: () => Promise<void> }

export type ListenerOptions = {
  readonly url: string
  readonly channel: string
  /** Also called after each reconnection, because what was said meanwhile is lost. */
  readonly onNotify: () => void
  readonly onTrouble: (error: unknown) => void
}

const retryAfterMs = 1_000

/**
 * Listens on a channel of PostgreSQL and comes back by itself after a lost connection.
 * @param onNotify  also called after each reconnection, because what was said meanwhile is lost
 */
export const createListener = ({ url, channel, onNotify, onTrouble }: ListenerOptions): Listener => {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const retry = (): void => {
    if (stopped || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, retryAfterMs)
    timer.unref()
  }
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'guankou listener' })
    client = next
    next.on('notification', onNotify)
    next.on('error', onTrouble)
    next.on('end', retry)
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      onNotify()
    } catch (error) {
      onTrouble(error)
      retry()
    }
  }
  void connect()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
