import type { MaskedCorrection, PersonMatch } from '@guankou/contract/identity/look-up.ts'
import {
  type IdentityField,
  identityFields,
  rolesThatSeeFindings,
} from '@guankou/contract/identity/purposes.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { FoundPerson } from '@guankou/db/queries/identity-access/find-people.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import type { StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { fieldPlace, type IdentitySealer } from '#src/identity/identity-sealer.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { showCorrections } from '#src/use-cases/subject-access/show-corrections.ts'

type Opened =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'missing' }
  | { readonly is: 'destroyed' }

/**
 * Opens one field of a person.
 * @returns `missing` where it was never recorded, `destroyed` where its key is gone
 */
export const openField = async (
  sealer: IdentitySealer,
  person: Omit<PersonKey, 'occurredAt'> & { readonly day: string } & Pick<FoundPerson, IdentityField>,
  field: IdentityField,
): Promise<Opened> => {
  const envelope = person[field]
  if (envelope === null) return { is: 'missing' }
  const seat = field === 'plate' || field === 'service' ? 0 : person.seat
  const place = fieldPlace(person.screeningId, seat, field)
  const text = await unlessDestroyed(sealer.open(person, place, envelope))
  return text === null ? { is: 'destroyed' } : { is: 'text', text }
}

/**
 * A person as a look-up shows them: masked, with the finding where the role needs it, and with what was corrected since.
 * @param corrections  of this person, oldest first   @param names  of who made them
 */
export const showPerson = async (
  sealer: IdentitySealer,
  person: FoundPerson,
  role: Role,
  { corrections, names }: { readonly corrections: readonly StoredCorrection[]; readonly names: OfficerNames },
): Promise<PersonMatch> => {
  const fields: PersonMatch['fields'] = []
  for (const field of identityFields) {
    const opened = await openField(sealer, person, field)
    if (opened.is === 'text') fields.push({ field, masked: maskField(field, opened.text) })
  }
  return {
    screeningId: person.screeningId,
    seat: person.seat,
    seatLabel: person.seatLabel,
    postId: person.postId,
    lane: person.lane,
    occurredAt: person.occurredAt.toISOString(),
    day: person.day,
    conveyanceKind: person.conveyanceKind as ConveyanceKind,
    documentKind: person.documentKind,
    originCode: person.originCode,
    disposition: rolesThatSeeFindings.includes(role) ? (person.disposition as Disposition) : null,
    overridden: rolesThatSeeFindings.includes(role) && person.overridden,
    fields,
    corrections: (await showCorrections(sealer, corrections, () => false)).map(
      ({ id, field, masked, grantedAt, source }) => {
        const stored = corrections.find((each) => each.id === id)
        return {
          field,
          masked,
          grantedAt,
          source,
          ground: (stored?.ground ?? null) as MaskedCorrection['ground'],
          by: officerOf(names, stored?.grantedBy ?? '').officer,
        }
      },
    ),
  }
}
