import type { ServerContext } from '#src/context.ts'
import { startEscalationRounds } from '#src/jobs/escalation.ts'
import type { Rounds } from '#src/jobs/rounds.ts'
import { escalateAlarms } from '#src/use-cases/monitoring/escalate-alarms.ts'

/** Hands alarms up that nobody acknowledges, by the clock. Several servers may do so: of two that meet, one adds the step. */
export const startEscalation = (context: ServerContext): Rounds =>
  startEscalationRounds(context, escalateAlarms, 'alarms were not handed up; it is tried again')
