import type { ServerContext } from '#src/context.ts'
import { startEscalationRounds } from '#src/jobs/escalation.ts'
import type { Rounds } from '#src/jobs/rounds.ts'
import { escalateHandovers } from '#src/use-cases/handovers/escalate-handovers.ts'

/** Hands up what takes too long, by the clock. Several servers may do so: of two that meet, one adds the fact. */
export const startHandoverEscalation = (context: ServerContext): Rounds =>
  startEscalationRounds(context, escalateHandovers, 'hand-overs were not handed up; it is tried again')
