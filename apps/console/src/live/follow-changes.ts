import { type ChangeEvent, changeFeed } from '@guankou/contract/changes/change-feed.ts'
import { urlOf } from '@guankou/contract/client.ts'
import { createCoalescer } from '#src/live/coalesce.ts'
import type { LineEvent } from '#src/live/line.ts'
import { openLine } from '#src/live/line-source.ts'
import { watchPage } from '#src/live/watch-page.ts'

export type Follower = {
  readonly area: number
  /** Whether the figures on the page depend on a change. */
  readonly concerns: (event: ChangeEvent) => boolean
  /** Reads all figures of the page anew. @returns whether every one came */
  readonly refetch: () => Promise<boolean>
  readonly tell: (event: LineEvent) => void
  /** Server clock minus this machine's, in milliseconds. */
  readonly clockOffsetMs: () => number
}

/** Rounds of reading start at least this far apart: five requests each, well under a second from commit to screen. */
const roundEveryMs = 400
/** A line that says nothing may be dead without either end knowing; after this long the figures are read to be sure. */
const quietMs = 30_000

const timers = {
  nowMs: () => Date.now(),
  after: (delayMs: number, act: () => void) => {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
}

/**
 * Follows the change feed of an area. The counts on the page are never added up here: each change has them read from
 * the server, where they are exact. @returns a function that ends it
 */
export const followChanges = ({ area, concerns, refetch, tell, clockOffsetMs }: Follower): (() => void) => {
  let newestCommitMs: number | null = null
  let lastRoundMs = Date.now()
  const lost = (): void => tell({ happened: 'lost' })

  const round = async (): Promise<void> => {
    const commitMs = newestCommitMs
    newestCommitMs = null
    lastRoundMs = Date.now()
    if (!(await refetch())) return lost()
    if (!line.isUp()) return
    const latencyMs = commitMs === null ? null : Math.max(0, Date.now() + clockOffsetMs() - commitMs)
    tell({ happened: 'confirmed', atMs: Date.now(), latencyMs })
  }
  const rounds = createCoalescer(roundEveryMs, round, timers)

  const line = openLine(urlOf(changeFeed, { area }), {
    opened: rounds.request,
    broke: lost,
    message: (text) => {
      const event = JSON.parse(text) as ChangeEvent
      if (!concerns(event)) return
      newestCommitMs = Math.max(newestCommitMs ?? 0, Date.parse(event.committedAt))
      rounds.request()
    },
  })
  const unwatch = watchPage({
    ticked: (nowMs) => {
      if (line.isUp() && nowMs - lastRoundMs > quietMs) rounds.request()
    },
    woke: () => {
      lost()
      line.reopen()
    },
    seenAgain: rounds.request,
    offline: lost,
  })
  return () => {
    unwatch()
    rounds.stop()
    line.close()
  }
}
