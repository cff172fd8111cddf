import {
  codeMinutes,
  idleMinutes,
  longestHours,
  type PairingEnd,
  type PairingState,
} from '@guankou/contract/pairing/vocabulary.ts'

const minute = 60_000

/** What decides how a pairing stands; instants as Unix time in milliseconds. */
export type PairingTimes = {
  readonly openedAtMs: number
  readonly joinedAtMs: number | undefined
  /** Of the last thing that either of them said. */
  readonly lastAtMs: number | undefined
  readonly endedAtMs: number | undefined
  readonly endedBy: 'field' | 'desk' | undefined
}

export type PairingStanding = {
  readonly state: PairingState
  /** When it ended, or ends if nothing more is said. */
  readonly endsAtMs: number
  readonly ended: PairingEnd | undefined
}

/**
 * How a pairing stands at an instant: it waits ten minutes for its partner, ends twenty minutes after the last word, and
 * never outlasts a shift, so that nobody’s look-ups go on under a session that was forgotten.
 */
export const pairingStanding = (times: PairingTimes, nowMs: number): PairingStanding => {
  const { openedAtMs, joinedAtMs, lastAtMs, endedAtMs, endedBy } = times
  const shiftOver = openedAtMs + longestHours * 60 * minute
  const idle = Math.max(joinedAtMs ?? openedAtMs, lastAtMs ?? 0) + idleMinutes * minute
  const byClock = joinedAtMs === undefined ? openedAtMs + codeMinutes * minute : Math.min(idle, shiftOver)
  const whyByClock = joinedAtMs === undefined ? 'unused' : idle < shiftOver ? 'idle' : 'shift-over'
  if (endedAtMs !== undefined && endedAtMs <= byClock)
    return { state: 'ended', endsAtMs: endedAtMs, ended: endedBy ?? 'field' }
  if (nowMs >= byClock) return { state: 'ended', endsAtMs: byClock, ended: whyByClock }
  return { state: joinedAtMs === undefined ? 'waiting' : 'running', endsAtMs: byClock, ended: undefined }
}
