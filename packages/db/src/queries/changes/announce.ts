import type pg from 'pg'

/** Channel on which committed changes are announced. */
export const changesChannel = 'changes'

const announceEveryMs = 25

export type Announcer = {
  /** Says, within a moment, that something was committed. */
  readonly announce: () => void
  readonly stop: () => void
}

/**
 * Announces commits with NOTIFY, many at a time and outside their transactions: inside, every commit would queue for the
 * one lock that keeps notifications in order. It is a hint; who misses it finds the change by polling.
 */
export const createAnnouncer = (pool: pg.Pool): Announcer => {
  let timer: NodeJS.Timeout | undefined
  return {
    announce: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        pool.query('select pg_notify($1, $2)', [changesChannel, '']).catch(() => undefined)
      }, announceEveryMs)
    },
    stop: () => clearTimeout(timer),
  }
}
