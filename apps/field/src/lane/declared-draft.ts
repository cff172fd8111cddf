import { type DeclaredDraft, draftFrom } from '@guankou/domain/declarations/draft-from.ts'
import type { IssuedDeclaration } from '@guankou/domain/declarations/pack-declaration.ts'
import { type Draft, newTraveller } from './draft.ts'
import type { DraftAction } from './draft-reducer.ts'
import type { RulesInForce } from './reference.ts'

/** Another kind has other rows; the same train goes on where entry was, by the number that was declared if there is one. */
const conveyanceOf = (draft: Draft, { kind, plate, withoutPlate, service }: DeclaredDraft): Draft => {
  const { service: _, seatsPerRow: __, placeStyle: ___, atPlace: ____, ...rest } = draft
  return {
    ...(draft.kind === kind ? draft : rest),
    kind,
    plate,
    withoutPlate,
    ...(service === undefined ? {} : { service }),
  }
}

/**
 * A draft that was filled in from a declaration: vehicle and people as declared, nothing measured yet, so that what is left is to
 * take temperatures and to look at everyone.
 * @param nowMs  Unix time, milliseconds; when entry began unless it had
 */
export const withDeclared = (draft: Draft, declared: DeclaredDraft, nowMs: number): Draft => ({
  ...conveyanceOf(draft, declared),
  declarationId: declared.declarationId,
  startedAtMs: draft.startedAtMs ?? nowMs,
  travellers: declared.travellers.map((person) => ({
    ...newTraveller(person.seat, person.origin.code),
    ...(person.seatLabel === undefined ? {} : { seatLabel: person.seatLabel }),
    name: person.name ?? '',
    documentKind: person.document.kind,
    documentNumber: person.document.number ?? '',
    phone: person.phone ?? '',
    originEvidence: person.origin.evidence,
    exposures: person.exposures,
    contactWithCase: person.contactWithCase,
    symptoms: person.symptoms,
  })),
  activeSeat: declared.travellers[0]?.seat ?? 1,
  panel: 'temperature',
})

/** What a declaration that was checked and confirmed does to the lane, whichever way it came. */
export const fillIn = (
  draft: Draft,
  issued: IssuedDeclaration,
  { ruleSet }: RulesInForce,
  nowMs: number,
): DraftAction => ({
  do: 'replace',
  draft: withDeclared(
    draft,
    draftFrom(
      issued,
      ruleSet.symptoms.map(({ code }) => code),
    ),
    nowMs,
  ),
})
