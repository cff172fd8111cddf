import type { DeclaredDraft } from '@guankou/domain/declarations/draft-from.ts'
import { type Draft, newTraveller } from './draft.ts'

/**
 * A draft that was filled in from a declaration: vehicle and people as declared, nothing measured yet, so that what is left is to
 * take temperatures and to look at everyone.
 * @param nowMs  Unix time, milliseconds; when entry began unless it had
 */
export const withDeclared = (draft: Draft, declared: DeclaredDraft, nowMs: number): Draft => ({
  ...draft,
  startedAtMs: draft.startedAtMs ?? nowMs,
  kind: declared.kind,
  plate: declared.plate,
  withoutPlate: declared.withoutPlate,
  travellers: declared.travellers.map((person) => ({
    ...newTraveller(person.seat, person.origin.code),
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
