import type { AlarmCause, AlarmStepKind, EscalationRole } from '@guankou/contract/monitoring/vocabulary.ts'
import type { AlarmStepRow } from '@guankou/db/queries/monitoring/alarms.ts'
import { type Alarm, type AlarmStep, alarmOf } from '@guankou/domain/monitoring/alarm.ts'

/** Rows as the facts that an alarm is derived from. */
export const factsOf = (rows: readonly AlarmStepRow[]): AlarmStep[] =>
  rows.map((row) => ({
    number: row.number,
    atMs: row.at.getTime(),
    kind: row.kind as AlarmStepKind,
    accountId: row.accountId,
    cause: row.cause as AlarmCause | null,
    toRole: row.toRole as EscalationRole | null,
  }))

export const alarmFacts = (rows: readonly AlarmStepRow[]): Alarm => alarmOf(factsOf(rows))
