import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { insertIdentityAccesses } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { readToldOnRound } from '@guankou/db/queries/identity-access/read-accesses.ts'
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

/** Writes, where those who live there read it, that somebody of a team was told households today: once a day for each. */
export const noteRound = async (
  tx: AreaTransaction,
  actor: Actor,
  { jurisdiction, day, fromMs, nowMs }: RoundDay,
  householdIds: readonly string[],
): Promise<void> => {
  const told = await readToldOnRound(tx, actor.accountId, new Date(fromMs))
  const at = new Date(nowMs)
  await insertIdentityAccesses(
    tx,
    householdIds
      .filter((id) => !told.has(id))
      .map((householdId) => ({
        about: 'household' as const,
        jurisdiction,
        occurredAt: new Date(uuidTimeMs(householdId)),
        screeningId: householdId,
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
