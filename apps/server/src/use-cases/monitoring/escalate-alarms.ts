import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type AlarmStepRow,
  announceAlarm,
  insertAlarmStep,
  type RaisedAlarm,
  readAlarmSteps,
  readAlarms,
} from '@guankou/db/queries/monitoring/alarms.ts'
import { readMonitoringPolicy } from '@guankou/db/queries/monitoring/policy.ts'
import { escalationDue } from '@guankou/domain/monitoring/alarm.ts'
import type { ServerContext } from '#src/context.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { alarmChange } from '#src/use-cases/monitoring/alarm-change.ts'
import { alarmFacts } from '#src/use-cases/monitoring/alarm-facts.ts'

const escalate = async (
  context: ServerContext,
  tx: AreaTransaction,
  { alarm, steps, toRole }: { alarm: RaisedAlarm; steps: readonly AlarmStepRow[]; toRole: string },
): Promise<void> => {
  const at = new Date(context.now())
  const step: AlarmStepRow = {
    jurisdiction: alarm.jurisdiction,
    alarmId: alarm.id,
    number: steps.length + 1,
    at,
    day: keyOwnerOf(context, alarm.jurisdiction).day,
    kind: 'escalated',
    accountId: null,
    cause: null,
    toRole,
    noteSealed: null,
    numbers: null,
  }
  if (!(await insertAlarmStep(tx, step))) return
  await announceAlarm(tx, {
    at,
    jurisdiction: alarm.jurisdiction,
    payload: alarmChange(alarm, [...steps, step], at),
  })
  const entry = {
    accountId: null,
    deviceId: null,
    action: 'monitoring.escalate',
    subject: alarm.id,
    outcome: 'done',
    detail: `to ${toRole}`,
  }
  await recordAudit(executeIn(tx), alarm.jurisdiction, [entry], at.getTime())
}

/** Hands every alarm up for which it is time. @returns how many */
export const escalateAlarms = async (context: ServerContext): Promise<number> => {
  const { db, reference, now } = context
  const areas = reference.current().jurisdictions.map(({ code }) => code)
  if (areas.length === 0) return 0
  const nowMs = now()
  const { escalateAfterMinutes } = await readMonitoringPolicy(db.query)
  const alarms = await readAlarms(db.query, areas, new Date(nowMs))
  const stepsById = await readAlarmSteps(
    db.query,
    alarms.map(({ id }) => id),
  )
  let escalated = 0
  for (const alarm of alarms) {
    const steps = stepsById.get(alarm.id) ?? []
    const toRole = escalationDue(alarmFacts(steps), nowMs, escalateAfterMinutes)
    if (toRole === undefined) continue
    await db.query.transaction().execute((tx) => escalate(context, tx, { alarm, steps, toRole }))
    escalated += 1
  }
  return escalated
}
