import type { Service, Traveller } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { IssuedDeclaration } from '#src/declarations/pack-declaration.ts'
import { normaliseDocumentNumber, normalisePhone } from '#src/identity/normalise.ts'
import { normalisePlate } from '#src/screening/plates.ts'
import { normalService } from '#src/screening/service.ts'

/** What a declaration fills in before the inspector has asked anything. Temperatures are never among it. */
export type DeclaredDraft = {
  readonly declarationId: string
  readonly kind: ConveyanceKind
  readonly plate: string
  readonly withoutPlate: boolean
  readonly service?: Service
  readonly travellers: readonly Omit<Traveller, 'readings'>[]
  /** Symptoms declared under other rules than those in force, which the list of today does not have; to be asked about. */
  readonly unlistedSymptoms: readonly { readonly seat: number; readonly code: string }[]
}

/**
 * A lane draft from a declaration: the conveyance, and everyone aboard in the order declared, every statement with the
 * evidence “declared”. Nothing is decided by it; the inspector confirms each person.
 * @param listed  codes of the symptoms of the rules in force at the post
 */
export const draftFrom = (
  { declaration }: Pick<IssuedDeclaration, 'declaration'>,
  listed: readonly string[],
): DeclaredDraft => {
  const { id, conveyance, people } = declaration
  const isListed = (code: string): boolean => listed.includes(code)
  return {
    declarationId: id,
    kind: conveyance.kind,
    plate: conveyance.plate === undefined ? '' : normalisePlate(conveyance.plate),
    withoutPlate: conveyance.withoutPlate === true,
    ...(conveyance.service === undefined ? {} : { service: normalService(conveyance.service) }),
    travellers: people.map((person, index) => ({
      seat: index + 1,
      ...(person.seatLabel === undefined ? {} : { seatLabel: person.seatLabel }),
      ...(person.name === undefined ? {} : { name: person.name }),
      document:
        person.document.number === undefined
          ? person.document
          : { kind: person.document.kind, number: normaliseDocumentNumber(person.document.number) },
      ...(person.phone === undefined ? {} : { phone: normalisePhone(person.phone) }),
      origin: { code: person.originCode, evidence: 'declared' },
      exposures: person.stays.map((stay) => ({ ...stay, evidence: 'declared' })),
      contactWithCase: person.contactWithCase,
      symptoms: person.symptoms.filter(isListed),
    })),
    unlistedSymptoms: people.flatMap((person, index) =>
      person.symptoms.filter((code) => !isListed(code)).map((code) => ({ seat: index + 1, code })),
    ),
  }
}
