import type { RetainedClass } from '@guankou/contract/retention/policy.ts'
import type { HeldUntil } from '@guankou/contract/subject-access/held-until.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readRetentionPolicies } from '@guankou/db/queries/retention/policies.ts'
import { readKeptFrom, readRetainedStates } from '@guankou/db/queries/subject-access/records.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { destroyFrom, retentionOfDay } from '@guankou/domain/retention/due.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

type Owner = { readonly jurisdiction: number; readonly day: string }

/** Until when what a day holds is held, by class; or since when it is not, and which certificate says so. */
export const heldUntil = async (
  transaction: AreaTransaction,
  reference: ReferenceData,
  owner: Owner,
): Promise<(dataClass: RetainedClass) => HeldUntil> => {
  const timeZone = reference.jurisdiction(owner.jurisdiction)?.timeZone ?? 'UTC'
  const localDay = (at: Date): string => daySlotOf(timeZone, at.getTime()).day
  const policies = new Map((await readRetentionPolicies(transaction)).map((each) => [each.responseId, each]))
  const kept = retentionOfDay(reference.responses, (id) => policies.get(id), owner.day)
  const keptFrom = await readKeptFrom(transaction, owner)
  const states = await readRetainedStates(transaction, owner)
  const firstKeptOn = keptFrom === undefined ? owner.day : localDay(keptFrom)
  return (dataClass) => {
    const state = states.find((each) => each.dataClass === dataClass)
    if (state === undefined)
      return {
        is: 'held',
        on: destroyFrom(dataClass, owner.day, firstKeptOn, kept),
        certificate: null,
        publicKey: null,
      }
    return {
      is: 'destroyed',
      on: localDay(state.finishedAt),
      certificate: state.certificateId,
      publicKey: state.publicKey?.toString('base64') ?? null,
    }
  }
}
