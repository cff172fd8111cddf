import type { DoorAddress, HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { HouseholdDigest } from '@guankou/db/queries/households/facts.ts'
import { addressKey, estateKey } from '@guankou/domain/households/walk-key.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'

/** Texts that somebody or a door is known again by, each under its kind. */
export type Known = {
  readonly kind: 'document' | 'phone' | 'address' | 'estate'
  readonly of: string
  readonly text: string
}

/** Kinds of digests keep apart what happens to read alike. */
export const addressKind = 'household-address'
export const estateKind = 'household-estate'

export const knownOfAddress = (address: DoorAddress): readonly Known[] => [
  { kind: 'address', of: addressKind, text: addressKey(address) },
  { kind: 'estate', of: estateKind, text: estateKey(address.estate) },
]

export const knownOf = (happening: HouseholdHappening): readonly Known[] => {
  if (happening.is === 'household-opened' || happening.is === 'address-corrected')
    return knownOfAddress(happening.address)
  const told =
    happening.is === 'member-added'
      ? happening.member
      : happening.is === 'member-changed'
        ? happening.change
        : {}
  const { document, phone } = told
  return [
    ...(document === undefined
      ? []
      : [{ kind: 'document', of: document.kind, text: normaliseDocumentNumber(document.number) } as const]),
    ...(phone === undefined ? [] : [{ kind: 'phone', of: 'phone', text: normalisePhone(phone) } as const]),
  ]
}

type Owner = { readonly jurisdiction: number; readonly day: string }
type About = Pick<HouseholdDigest, 'fact_id' | 'household_id' | 'person_id'>

const rowsOf = (
  sealer: IdentitySealer,
  owner: Owner,
  about: About,
  known: readonly Known[],
): Promise<readonly HouseholdDigest[]> =>
  Promise.all(
    known
      .filter(({ text }) => text !== '')
      .map(async ({ kind, of, text }) => ({
        jurisdiction: owner.jurisdiction,
        kind,
        ...about,
        digest: await sealer.digestText(owner, of, text),
      })),
  )

/** Digests by which what a fact tells is found again. */
export const digestsOfFact = (
  sealer: IdentitySealer,
  fact: Owner & { readonly id: string; readonly householdId: string; readonly happening: HouseholdHappening },
): Promise<readonly HouseholdDigest[]> => {
  const { id, householdId, happening } = fact
  const personId =
    happening.is === 'member-added' ? id : happening.is === 'member-changed' ? happening.personId : null
  const about = { fact_id: id, household_id: householdId, person_id: personId }
  return rowsOf(sealer, fact, about, knownOf(happening))
}

/** The same for the address that a list sends somebody to. */
export const digestsOfAddress = (
  sealer: IdentitySealer,
  owner: Owner,
  householdId: string,
  address: DoorAddress,
): Promise<readonly HouseholdDigest[]> =>
  rowsOf(
    sealer,
    owner,
    { fact_id: householdId, household_id: householdId, person_id: null },
    knownOfAddress(address),
  )
