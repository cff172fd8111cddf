import { mostOffered } from '@guankou/contract/screening/passages.ts'
import { maskForOffer } from '@guankou/domain/identity/mask.ts'
import { normaliseDocumentNumber } from '@guankou/domain/identity/normalise.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { aboardOf, type Draft, type DraftTraveller, isPlated } from './draft.ts'
import type { KnownPassage, KnownPerson } from './known-vehicle.ts'

const optional = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string }

const coveredOf = ({
  name,
  documentNumber,
  known,
}: DraftTraveller): Pick<KnownPerson, 'name' | 'document'> => {
  const fields = maskForOffer({
    name: name.trim() === '' ? undefined : name,
    documentNumber: documentNumber.trim() === '' ? undefined : normaliseDocumentNumber(documentNumber),
  })
  const shown = (field: string) => fields.find((each) => each.field === field)?.masked
  return {
    ...optional('name', shown('name') ?? known?.name),
    ...optional('document', shown('document') ?? known?.document),
  }
}

/** Who was aboard, covered: what the phone keeps to offer them again. Of larger parties nobody. */
export const coveredPeople = (screeningId: string, draft: Draft): readonly KnownPerson[] =>
  !isPlated(draft.kind) || aboardOf(draft).length > mostOffered
    ? []
    : aboardOf(draft).map((traveller) => ({
        sameAs: { screeningId, seat: traveller.seat },
        originCode: traveller.originCode,
        ...coveredOf(traveller),
      }))

/** A vehicle that was just recorded, as a passage. */
export const passageOf = (fact: ScreeningRecorded, occupants: readonly KnownPerson[]): KnownPassage => ({
  screeningId: fact.id,
  occurredAtMs: fact.occurredAtMs,
  postId: fact.postId,
  kind: fact.conveyanceKind,
  people: fact.travellers.length,
  occupants,
})
