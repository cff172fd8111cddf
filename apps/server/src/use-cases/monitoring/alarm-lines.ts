import type { AlarmLine, AlarmNumbers } from '@guankou/contract/monitoring/endpoints.ts'
import { alarmActors, escalationRoles, type Signal } from '@guankou/contract/monitoring/vocabulary.ts'
import type { AlarmStepRow, RaisedAlarm } from '@guankou/db/queries/monitoring/alarms.ts'
import type { MonitoringPolicy } from '@guankou/db/queries/monitoring/policy.ts'
import { actsFor } from '@guankou/domain/monitoring/alarm.ts'
import type { Actor } from '#src/actor.ts'
import { officerOf } from '#src/use-cases/exports/list-exports.ts'
import { alarmFacts } from '#src/use-cases/monitoring/alarm-facts.ts'

export type Names = Parameters<typeof officerOf>[0]

/** An alarm with its whole course. */
export type AlarmCourse = { readonly alarm: RaisedAlarm; readonly steps: readonly AlarmStepRow[] }

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

const stampOfAlarm = ({ alarm }: AlarmCourse): AlarmLine['stamp'] => ({
  model: 'monitoring',
  version: alarm.modelVersion,
  runId: alarm.runId,
  dataFrom: alarm.dataFrom,
  dataUntil: alarm.day,
  dataAt: alarm.dataAt.toISOString(),
  computedAt: alarm.raisedAt.toISOString(),
  unit: alarm.signal === 'fever' ? 'person' : 'vehicle',
})

/** When an alarm goes to the next role; null where it goes to nobody. */
const escalatesAt = (course: AlarmCourse, policy: MonitoringPolicy): string | null => {
  const { state, escalations, escalatedAtMs, raisedAtMs } = alarmFacts(course.steps)
  if (state !== 'raised' || escalations >= escalationRoles.length) return null
  return instant((escalatedAtMs ?? raisedAtMs) + policy.escalateAfterMinutes * 60_000)
}

/** An alarm as a line of the list, for whoever asks. */
export const lineOf = (
  course: AlarmCourse,
  {
    actor,
    policy,
    names,
  }: { readonly actor: Actor; readonly policy: MonitoringPolicy; readonly names: Names },
): AlarmLine => {
  const { alarm, steps } = course
  const facts = alarmFacts(steps)
  const numbers = steps.flatMap((step) => (step.numbers === null ? [] : [step.numbers as AlarmNumbers]))
  const [first] = numbers
  const latest = numbers.at(-1)
  if (first === undefined || latest === undefined) throw new Error(`alarm ${alarm.id} has no numbers`)
  return {
    id: alarm.id,
    postId: alarm.postId,
    jurisdiction: alarm.jurisdiction,
    signal: alarm.signal as Signal,
    state: facts.state,
    raisedAt: alarm.raisedAt.toISOString(),
    owner: facts.ownerId === null ? null : officerOf(names, facts.ownerId),
    cause: facts.cause,
    closedAt: instant(facts.closedAtMs),
    escalatedTo: facts.escalatedTo,
    escalatesAt: escalatesAt(course, policy),
    first,
    latest,
    stamp: stampOfAlarm(course),
    mayDo: alarmActors.includes(actor.role) ? [...actsFor(facts, actor.accountId)] : [],
    lastNumber: facts.lastNumber,
  }
}

const urgency = ['raised', 'acknowledged', 'investigating', 'closed'] as const

/** Most urgent first; of the open ones the oldest, of the closed ones the newest. */
export const inOrderOfUrgency = (lines: readonly AlarmLine[]): AlarmLine[] =>
  lines.toSorted((a, b) => {
    const states = urgency.indexOf(a.state) - urgency.indexOf(b.state)
    if (states !== 0) return states
    return a.state === 'closed' ? b.raisedAt.localeCompare(a.raisedAt) : a.raisedAt.localeCompare(b.raisedAt)
  })
