import type { ServerContext } from '#src/context.ts'
import { startEscalationRounds } from '#src/jobs/escalation.ts'
import type { Rounds } from '#src/jobs/rounds.ts'
import { followTheClock } from '#src/use-cases/quarantine/follow-the-clock.ts'
import type { KnownDigests } from '#src/use-cases/quarantine/order-digests.ts'

/** Follows quarantine by the clock. Several servers may do so: of two that meet, one adds the fact. */
export const startQuarantineClock = (context: ServerContext): Rounds => {
  const known: KnownDigests = new Map()
  return startEscalationRounds(
    context,
    (each) => followTheClock(each, known),
    'quarantine was not followed; it is tried again',
  )
}
