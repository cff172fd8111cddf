import type { Custody } from '@guankou/domain/handovers/custody.ts'
import { overdueAtMs, usualHandoverLimits } from '@guankou/domain/handovers/escalation.ts'
import type { TFunction } from 'i18next'
import type { Limits } from '#src/handovers/known-handover.ts'
import { formatMoment, formatWait } from '#src/screens/format.ts'

export type ClockText = { readonly text: string; readonly tone: 'calm' | 'look' | 'act' }

/** From this share of a limit on it is said that time is running. */
const nearlyShare = 0.75

/** How long people wait or are on the way, and against which limit. */
export const clockOf = (
  t: TFunction,
  custody: Pick<Custody, 'state' | 'sinceMs'>,
  known: Limits | undefined,
  nowMs: number,
): ClockText => {
  const limits = known ?? usualHandoverLimits
  const overdueMs = overdueAtMs(custody, limits)
  if (overdueMs === undefined)
    return { text: t('handovers.since', { time: formatMoment(custody.sinceMs) }), tone: 'calm' }
  if (nowMs >= overdueMs)
    return { text: t('handovers.overdue', { time: formatWait(nowMs - overdueMs) }), tone: 'act' }
  const isWaiting = custody.state === 'at-post'
  const time = formatWait(Math.max(0, nowMs - custody.sinceMs))
  const minutes = isWaiting ? limits.waitMinutes : limits.roadMinutes
  const said = isWaiting ? t('handovers.waiting', { time }) : t('handovers.onTheWay', { time })
  const isNear = nowMs - custody.sinceMs >= nearlyShare * (overdueMs - custody.sinceMs)
  return { text: `${said} · ${t('handovers.limit', { minutes })}`, tone: isNear ? 'look' : 'calm' }
}
