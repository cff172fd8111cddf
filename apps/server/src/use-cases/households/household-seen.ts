import type { IdentityAccess } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { type OpenAccess, sealAccess } from '#src/use-cases/identity/seal-access.ts'

/** That a household was seen as one: whoever lives there reads that its members were, covered. */
export const householdSeen = (
  context: ServerContext,
  actor: Actor,
  household: {
    readonly jurisdiction: number
    readonly householdId: string
    /** The newest local day under whose key something of it lies. */
    readonly day: string | undefined
  },
  seen: Pick<OpenAccess, 'at' | 'purpose' | 'reason' | 'fields' | 'via'>,
): Promise<IdentityAccess> =>
  sealAccess(context.identity.sealer, {
    ...seen,
    about: 'household',
    jurisdiction: household.jurisdiction,
    occurredAt: new Date(uuidTimeMs(household.householdId)),
    day: household.day ?? keyOwnerOf(context, household.jurisdiction).day,
    screeningId: household.householdId,
    seat: 0,
    accountId: actor.accountId,
    role: actor.role,
    exportId: null,
  })
