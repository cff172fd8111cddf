import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { HouseholdDigest, StoredHouseholdFact } from '@guankou/db/queries/households/facts.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { DigestsOf, IdentitySealer } from '#src/identity/identity-sealer.ts'
import { knownOf } from '#src/use-cases/households/fact-digests.ts'
import { sealHappening } from '#src/use-cases/households/sealed-facts.ts'

/** Who brought a register, and when its rows are taken. */
export type RegisterMaker = {
  readonly jurisdiction: number
  /** Local day of the taking: its key seals what is told. */
  readonly day: string
  readonly atMs: number
  readonly accountId: string
  readonly role: 'screening-clerk'
}

export type RegisterFact = {
  readonly id: string
  readonly householdId: string
  readonly happening: HouseholdHappening
}

export type SealedRegisterFact = {
  readonly stored: StoredHouseholdFact
  readonly digests: readonly HouseholdDigest[]
}

/** A fact with everything sealed, and what it is found again by. */
export const sealRegisterFact = async (
  { sealer, digestsOf }: { readonly sealer: IdentitySealer; readonly digestsOf: DigestsOf },
  { jurisdiction, day, atMs, accountId, role }: RegisterMaker,
  fact: RegisterFact,
): Promise<SealedRegisterFact> => {
  const { id, householdId, happening } = fact
  const owner = { jurisdiction, day }
  const sealed = await sealHappening(sealer, { ...owner, id }, happening)
  const [contentDigest] = (await sealer.contentDigests(owner, JSON.stringify(fact))) ?? []
  if (contentDigest === undefined) throw new DayKeyDestroyedError(owner)
  const at = new Date(atMs)
  const digests = knownOf(happening).flatMap(({ kind, of, text }) => {
    const [digest] = text === '' ? [] : digestsOf(of, text)
    if (digest === undefined) return []
    const personId = happening.is === 'member-added' ? id : null
    return [{ jurisdiction, fact_id: id, kind, household_id: householdId, person_id: personId, digest }]
  })
  return {
    stored: {
      jurisdiction,
      id,
      household_id: householdId,
      occurred_at: at,
      recorded_at: at,
      day,
      kind: happening.is,
      ...sealed,
      role,
      account_id: accountId,
      device_id: null,
      content_digest: contentDigest,
    },
    digests,
  }
}
