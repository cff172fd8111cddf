import { type ManifestPerson, partsOf } from '@guankou/domain/manifest/read-manifest.ts'
import { type Draft, newTraveller, placeKeyOf } from '#src/lane/draft.ts'

/**
 * Rows that no person follows from: they say of nobody who it is, or of somebody who is on the list already. All others are
 * taken with what could be read of them.
 */
export const isTaken = ({ faults }: ManifestPerson): boolean =>
  !faults.includes('nobody') && !faults.includes('number-twice')

/**
 * Drafts of the people of a list, as many as records are needed: everyone is waited for, in the order in which they sit.
 * @param draft  the conveyance, as it is being entered
 * @param originCode  where people here most likely come from
 */
export const draftsOfList = (
  draft: Draft,
  people: readonly ManifestPerson[],
  { originCode, nowMs }: { readonly originCode: number; readonly nowMs: number },
): readonly Draft[] =>
  partsOf(people.filter(isTaken), draft.seatsPerRow).map((part) => {
    const travellers = part.people.map((person, index) => ({
      ...newTraveller(index + 1, originCode),
      ...(person.place === undefined ? {} : { seatLabel: person.place }),
      presence: 'expected' as const,
      name: person.name,
      documentKind: person.documentKind,
      documentNumber: person.documentNumber,
      phone: person.phone,
    }))
    const [first] = travellers
    const { service } = draft
    return {
      ...draft,
      startedAtMs: nowMs,
      ...(service === undefined || part.carriage === ''
        ? {}
        : { service: { ...service, carriage: part.carriage } }),
      travellers,
      activeSeat: 1,
      ...(first === undefined ? {} : { atPlace: placeKeyOf(first) }),
      panel: 'seats' as const,
    }
  })
