import type { DoorAddress, Member } from '@guankou/contract/households/record-household-fact.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  findByDigest,
  findMovesOf,
  type HouseholdFactRead,
  readFactsOf,
  readFactsOfPeopleHere,
} from '@guankou/db/queries/households/facts.ts'
import { householdsOf, personOf } from '@guankou/domain/households/household-state.ts'
import type { Visit } from '@guankou/domain/households/visits.ts'
import type { ServerContext } from '#src/context.ts'
import { doorWords } from '#src/use-cases/households/door-addresses.ts'
import { openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'

/** Somebody as a household holds them. */
export type HouseholdOfPerson = {
  readonly jurisdiction: number
  readonly householdId: string
  /** Every entry that was found to be theirs. */
  readonly personIds: ReadonlySet<string>
  readonly member: Member
  readonly livesHere: boolean
  readonly address: DoorAddress | undefined
  readonly visits: readonly Visit[]
  /** When they were entered, and the local day whose key seals what was told then. */
  readonly since: Date
  readonly day: string
}

type Document = { readonly documentKind: string; readonly digests: readonly Buffer[] }

const mostFound = 20

const readFacts = async (
  tx: AreaTransaction,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<readonly HouseholdFactRead[]> => [
  ...(await readFactsOf(tx, jurisdiction, householdIds)),
  ...(await readFactsOfPeopleHere(tx, jurisdiction, householdIds)),
]

const findIn = async (
  { identity }: Pick<ServerContext, 'identity'>,
  tx: AreaTransaction,
  jurisdiction: number,
  { documentKind, digests }: Document,
): Promise<readonly HouseholdOfPerson[]> => {
  const hits = (await findByDigest(tx, jurisdiction, digests, mostFound)).filter(
    ({ kind, personId }) => kind === 'document' && personId !== null,
  )
  const entries = [...new Set(hits.flatMap(({ personId }) => personId ?? []))]
  const moved = await findMovesOf(tx, jurisdiction, entries)
  const householdIds = [...new Set([...hits.map(({ householdId }) => householdId), ...moved])]
  const rows = await readFacts(tx, jurisdiction, householdIds)
  const facts = await openFacts(identity.sealer, rows)
  const households = householdsOf(facts)
  const words = await doorWords(tx, identity.sealer, { jurisdiction, householdIds }, rows)
  const found = new Map<string, HouseholdOfPerson>()
  for (const entry of entries) {
    const person = personOf(facts, entry)
    const entered = rows.find(({ id }) => id === entry)
    // What was corrected to another document is not theirs any more.
    if (person === undefined || entered === undefined) continue
    const member = person.member as Member
    if (member.document?.kind !== documentKind) continue
    const householdId = person.householdId ?? entered.household_id
    const known = found.get(person.id)
    found.set(person.id, {
      jurisdiction,
      householdId,
      personIds: new Set([...(known?.personIds ?? []), entry, person.id]),
      member,
      livesHere: person.householdId !== undefined,
      address: words.get(householdId)?.address,
      visits: households.get(householdId)?.visits ?? [],
      since: known?.since ?? entered.occurred_at,
      day: entered.day,
    })
  }
  return [...found.values()]
}

/** Households in the area of the reader that hold somebody of a document; none where none was recorded: a phone may be a family’s. */
export const householdsOfDocument = async (
  context: ServerContext,
  areaCode: number,
  document: Document,
): Promise<readonly HouseholdOfPerson[]> => {
  if (document.digests.length === 0) return []
  return inArea(context.db, areaCode, async (tx) => {
    const found: HouseholdOfPerson[] = []
    for (const jurisdiction of jurisdictionsOf(context, areaCode))
      found.push(...(await findIn(context, tx, jurisdiction, document)))
    return found
  })
}
