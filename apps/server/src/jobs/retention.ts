import type { ServerContext } from '#src/context.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { runRetention } from '#src/use-cases/retention/run-retention.ts'
import { type Rounds, startRounds } from './rounds.ts'

const everyMs = 60 * 60_000

/**
 * Looks every hour whether something is due and destroys it: due is a matter of days, and so a day that begins in
 * another time zone, or a server that was off at midnight, needs no schedule of its own. Several servers may do so;
 * one at a time works.
 */
export const startRetentionJob = (context: ServerContext, keys: KeyCustody): Rounds => {
  const step = async (): Promise<void> => {
    const { db, reference, now, identity, log } = context
    const outcome = await runRetention({
      db,
      keys,
      reference: reference.current(),
      now,
      by: 'the schedule of the server',
      forget: identity.sealer.forget,
    })
    if (outcome !== undefined && outcome.destroyed > 0)
      log.info(
        {
          destroyed: outcome.destroyed,
          certificate: outcome.certificate?.id,
          dropped: outcome.dropped.length,
        },
        'retention destroyed what was due',
      )
  }
  return startRounds(everyMs, step, (error) =>
    context.log.error({ err: error }, 'retention failed; it is tried again'),
  )
}
