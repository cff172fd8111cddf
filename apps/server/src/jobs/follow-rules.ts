import { countRuleSets } from '@guankou/db/queries/responses/responses.ts'
import type { ServerContext } from '#src/context.ts'
import { type Rounds, startRounds } from './rounds.ts'

const everyMs = 3_000

/**
 * Sees to it that a version which another server put into force is held by this one within seconds, and told to phones:
 * versions are only ever added, so that their number says whether there is a new one.
 */
export const startFollowingRules = ({ db, reference, packs, log }: ServerContext): Rounds =>
  startRounds(
    everyMs,
    async () => {
      const held = reference.current().responses.reduce((sum, { ruleSets }) => sum + ruleSets.length, 0)
      if ((await countRuleSets(db.query)) === held) return
      await reference.refresh()
      packs.forget()
    },
    (error) => log.debug({ err: error }, 'new versions of rules could not be looked for; it is tried again'),
  )
