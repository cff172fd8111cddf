import type {
  HouseholdHappening,
  ShownHouseholdHappening,
} from '@guankou/contract/households/record-household-fact.ts'
import type { HouseholdMakerRole } from '@guankou/contract/households/vocabulary.ts'
import type { HouseholdFactRead } from '@guankou/db/queries/households/facts.ts'
import type { CommunityRole, HouseholdFact } from '@guankou/domain/households/household-fact.ts'
import { shownTo } from '@guankou/domain/households/shown-to.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

export const factPlace = (factId: string): string => `household-fact|${factId}`

/** What of a happening lies open, and what under the data key of its day: whatever names somebody, and their health. */
const split = (happening: HouseholdHappening): { readonly open: object; readonly sealed?: object } => {
  switch (happening.is) {
    case 'household-opened': {
      const { address, ...open } = happening
      return { open, sealed: { address } }
    }
    case 'address-corrected':
      return { open: { is: happening.is }, sealed: { address: happening.address } }
    case 'member-added':
      return { open: { is: happening.is }, sealed: { member: happening.member } }
    case 'member-changed': {
      const { change, ...open } = happening
      return { open, sealed: { change } }
    }
    case 'member-left': {
      const { leftFor, ...open } = happening
      return { open, sealed: { leftFor } }
    }
    case 'part-done': {
      const { work, ...open } = happening
      return { open: { ...open, work: { part: work.part } }, sealed: { work } }
    }
    case 'door-outcome': {
      const { note, ...open } = happening
      return note === undefined ? { open } : { open, sealed: { note } }
    }
    default:
      return { open: happening }
  }
}

export const sealHappening = async (
  sealer: IdentitySealer,
  fact: { readonly jurisdiction: number; readonly day: string; readonly id: string },
  happening: HouseholdHappening,
): Promise<{ readonly happening: object; readonly sealed: Buffer | null }> => {
  const { open, sealed } = split(happening)
  if (sealed === undefined) return { happening: open, sealed: null }
  return { happening: open, sealed: await sealer.sealText(fact, factPlace(fact.id), JSON.stringify(sealed)) }
}

/** The happening of a row in full; undefined where its day is over for good. */
export const openHappening = async (
  sealer: IdentitySealer,
  row: HouseholdFactRead,
): Promise<HouseholdHappening | undefined> => {
  if (row.sealed === null) return row.happening as HouseholdHappening
  const text = await unlessDestroyed(sealer.open(row, factPlace(row.id), row.sealed))
  return text === null ? undefined : ({ ...row.happening, ...JSON.parse(text) } as HouseholdHappening)
}

const factOf = <H extends HouseholdHappening | ShownHouseholdHappening>(
  row: HouseholdFactRead,
  happening: H,
): HouseholdFact<H> => ({
  id: row.id,
  householdId: row.household_id,
  occurredAtMs: row.occurred_at.getTime(),
  accountId: row.account_id,
  role: row.role as HouseholdMakerRole,
  happening,
})

/**
 * Facts without what is sealed of them, for states that need no more: what is due, and which visit is complete. People
 * and addresses that follow from them are empty.
 */
export const bareFacts = (rows: readonly HouseholdFactRead[]): readonly HouseholdFact[] =>
  rows.map((row) => factOf(row, row.happening as HouseholdHappening))

/** Facts in full, for work inside the server; those of days that are over for good are left out. */
export const openFacts = async (
  sealer: IdentitySealer,
  rows: readonly HouseholdFactRead[],
): Promise<readonly HouseholdFact<HouseholdHappening>[]> => {
  const opened = await Promise.all(
    rows.map(async (row) => {
      const happening = await openHappening(sealer, row)
      return happening === undefined ? [] : [factOf(row, happening)]
    }),
  )
  return opened.flat()
}

/** A fact as one of a team is told it. */
export const factView = (role: CommunityRole, fact: HouseholdFact<HouseholdHappening>) => ({
  id: fact.id,
  householdId: fact.householdId,
  occurredAt: new Date(fact.occurredAtMs).toISOString(),
  accountId: fact.accountId,
  role: fact.role,
  happening: shownTo(role, fact.happening),
})
