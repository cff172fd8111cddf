import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { AlarmLine, actOnAlarm } from '@guankou/contract/monitoring/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import {
  type AlarmStepRow,
  announceAlarm,
  findAlarm,
  insertAlarmStep,
  readAlarmSteps,
} from '@guankou/db/queries/monitoring/alarms.ts'
import { readMonitoringPolicy } from '@guankou/db/queries/monitoring/policy.ts'
import { alarmOf, lastActNumber, refusalOfAct } from '@guankou/domain/monitoring/alarm.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { alarmChange } from '#src/use-cases/monitoring/alarm-change.ts'
import { factsOf } from '#src/use-cases/monitoring/alarm-facts.ts'
import { type AlarmCourse, lineOf } from '#src/use-cases/monitoring/alarm-lines.ts'

type Body = BodyOf<typeof actOnAlarm>

/** Where the note of a step belongs. */
export const alarmNotePlace = (alarmId: string, number: number): string =>
  `monitoring-alarm|${alarmId}|step|${number}`

const wishOf = (actor: Actor, { act, afterNumber, cause, note }: Body) => ({
  act,
  afterNumber,
  cause,
  accountId: actor.accountId,
  hasNote: (note ?? '').trim() !== '',
})

const stepOf = async (
  context: ServerContext,
  actor: Actor,
  { alarm, steps }: AlarmCourse,
  { act, cause, note }: Body,
): Promise<AlarmStepRow> => {
  const owner = keyOwnerOf(context, alarm.jurisdiction)
  const number = steps.length + 1
  const text = (note ?? '').trim()
  const { sealer } = context.identity
  return {
    jurisdiction: alarm.jurisdiction,
    alarmId: alarm.id,
    number,
    at: new Date(context.now()),
    day: owner.day,
    kind: act,
    accountId: actor.accountId,
    cause: cause ?? null,
    toRole: null,
    noteSealed: text === '' ? null : await sealer.sealText(owner, alarmNotePlace(alarm.id, number), text),
    numbers: null,
  }
}

/** Adds what a person does with an alarm as a step; of two who act at once, one is told to look again. */
export const act = async (context: ServerContext, actor: Actor, body: Body): Promise<Result<AlarmLine>> => {
  if (body.note?.isWellFormed() === false) return refused('TEXT_NOT_WELL_FORMED', '/note')
  return inArea(context.db, actor.areaCode, async (tx): Promise<Result<AlarmLine>> => {
    const alarm = await findAlarm(tx, body.id)
    if (alarm === undefined) return refused('UNKNOWN_ALARM')
    const steps = (await readAlarmSteps(tx, [alarm.id])).get(alarm.id) ?? []
    const facts = factsOf(steps)
    const refusal = refusalOfAct(alarmOf(facts), lastActNumber(facts), wishOf(actor, body))
    if (refusal !== undefined) return refused(refusal)
    const step = await stepOf(context, actor, { alarm, steps }, body)
    if (!(await insertAlarmStep(tx, step))) return refused('ALARM_STATE_CHANGED')
    const course = { alarm, steps: [...steps, step] }
    await announceAlarm(tx, {
      at: step.at,
      jurisdiction: alarm.jurisdiction,
      payload: alarmChange(alarm, course.steps, step.at),
    })
    const detail = body.cause === undefined ? body.act : `${body.act}, ${body.cause}`
    const entry = { action: 'monitoring.act', subject: alarm.id, outcome: 'done', detail }
    await auditIdentity(tx, actor, entry, step.at.getTime())
    const accounts = course.steps.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]))
    const names = await readAccountNames(tx, accounts)
    return done(lineOf(course, { actor, names, policy: await readMonitoringPolicy(tx) }))
  })
}
