import type { DestroyedDays } from '@guankou/contract/subject-access/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { hasLiveKey, readRetainedStates } from '@guankou/db/queries/subject-access/records.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { type SlipCode, slipDays } from '@guankou/domain/subject-access/slip-code.ts'
import type { ServerContext } from '#src/context.ts'

/** A UTC day touches two local days at most, the one of its own name and a neighbour. */
const localDaysOf = (utcDay: string, timeZone: string): readonly string[] => {
  const start = Date.parse(`${utcDay}T00:00:00Z`)
  const first = daySlotOf(timeZone, start).day
  const last = daySlotOf(timeZone, start + 86_399_999).day
  return first === last ? [first] : [first, addDays(first, 1)]
}

/**
 * What was destroyed of the days of a code, in every district of the city. It is worked out from the day in the code
 * alone and is the same for a code that was never given out.
 * @returns empty while any of them still opens
 */
export const destroyedDaysOf = async (
  { db, now, reference }: ServerContext,
  code: SlipCode,
  cityCode: number,
): Promise<DestroyedDays> => {
  const data = reference.current()
  const [utcDay] = slipDays(code, now(), 256)
  if (utcDay === undefined) return []
  return inArea(db, cityCode, async (transaction) => {
    const destroyed: DestroyedDays = []
    for (const jurisdiction of data.jurisdictionsIn(cityCode) ?? []) {
      const { timeZone = 'UTC', name = { zh: '—', en: '—' } } = data.jurisdiction(jurisdiction) ?? {}
      for (const day of localDaysOf(utcDay, timeZone)) {
        if (await hasLiveKey(transaction, { jurisdiction, day })) return []
        const states = await readRetainedStates(transaction, { jurisdiction, day })
        const identity = states.find(({ dataClass }) => dataClass === 'identity')
        if (identity !== undefined)
          destroyed.push({
            day,
            district: { ...name },
            destroyedOn: daySlotOf(timeZone, identity.finishedAt.getTime()).day,
            certificate: identity.certificateId,
            publicKey: identity.publicKey?.toString('base64') ?? null,
          })
      }
    }
    return destroyed
  })
}
