import type { AlarmChanged } from '@guankou/contract/changes/change-feed.ts'
import type { AlarmStepRow, RaisedAlarm } from '@guankou/db/queries/monitoring/alarms.ts'
import { alarmFacts } from '#src/use-cases/monitoring/alarm-facts.ts'

/** What happened to an alarm, as consoles are told. */
export const alarmChange = (
  alarm: Pick<RaisedAlarm, 'jurisdiction' | 'id' | 'postId' | 'signal'>,
  steps: readonly AlarmStepRow[],
  at: Date,
): AlarmChanged => ({
  topic: 'alarms',
  jurisdiction: alarm.jurisdiction,
  committedAt: at.toISOString(),
  alarmId: alarm.id,
  postId: alarm.postId,
  signal: alarm.signal as AlarmChanged['signal'],
  state: alarmFacts(steps).state,
})
