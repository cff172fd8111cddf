import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { readToldOnRound, toldKey } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'

/** A local day of a jurisdiction, from when it began to now. */
export type RoundDay = {
  readonly jurisdiction: number
  readonly day: string
  readonly fromMs: number
  readonly nowMs: number
}

/** Of whom a round tells: a household, or somebody in quarantine who is looked at there. */
export type ToldOf = { readonly about: 'household' | 'quarantine'; readonly id: string }

export const toldOf = (
  householdId: string,
  checks: readonly { readonly quarantineId: string }[] = [],
): readonly ToldOf[] => [
  { about: 'household', id: householdId },
  ...checks.map(({ quarantineId }) => ({ about: 'quarantine' as const, id: quarantineId })),
]

/** Writes, where those whom it concerns read it, that somebody of a team was told of them today: once a day for each. */
export const noteRound = async (
  tx: AreaTransaction,
  actor: Actor,
  { jurisdiction, day, fromMs, nowMs }: RoundDay,
  of: readonly ToldOf[],
): Promise<void> => {
  const told = await readToldOnRound(tx, actor.accountId, new Date(fromMs))
  const at = new Date(nowMs)
  await insertIdentityAccesses(
    tx,
    of
      .filter((each) => !told.has(toldKey(each)))
      .map(({ about, id }) => ({
        about,
        jurisdiction,
        occurredAt: new Date(uuidTimeMs(id)),
        screeningId: id,
        seat: 0,
        day,
        id: v7({ msecs: nowMs }),
        at,
        accountId: actor.accountId,
        role: actor.role,
        purpose: 'follow-up',
        reasonSealed: null,
        fields: ['name', 'address'],
        via: 'round' as const,
        exportId: null,
      })),
  )
}
