import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { sendToHousehold } from '@guankou/db/queries/households/homes.ts'
import { ensureDoor } from '@guankou/db/queries/households/states.ts'
import {
  type BecameRow,
  findCallableRows,
  insertRescreenRows,
  type RescreenRow,
  readOpenListDays,
  readSelected,
  type SelectedPerson,
  writeBecame,
} from '@guankou/db/queries/rescreen/people.ts'
import {
  addToList,
  lockRun,
  readRescreenLists,
  type StoredRescreenList,
  type StoredRun,
  updateRun,
} from '@guankou/db/queries/rescreen/runs.ts'
import {
  readCorrectionsOfAll,
  type StoredCorrection,
} from '@guankou/db/queries/subject-access/corrections.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import { type DigestsOf, fieldPlace } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { announceRescreen } from '#src/use-cases/rescreen/announce-rescreen.ts'
import { findHomes, prepareHomes } from '#src/use-cases/rescreen/find-homes.ts'
import { openCorrection } from '#src/use-cases/subject-access/show-corrections.ts'
import { type Candidate, candidateOf, linkAmong, type SameAs } from '#src/use-cases/worklists/link-rows.ts'
import { localDay, rowPlace, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

/** People of one commit: what a stop costs. */
const peopleAtOnce = 1_000
/** Open lists of so many days are looked at for people who would be called anyway. */
const comparedDays = 21
const msPerDay = 86_400_000

export type Listing = {
  readonly context: WorklistContext
  readonly lists: ReadonlyMap<number, StoredRescreenList>
  readonly digestsOf: ReadonlyMap<number, DigestsOf>
  /** The same for people of households. */
  readonly homeDigestsOf: ReadonlyMap<number, DigestsOf>
}

/** What a run lists with: its lists, and the digests that anybody may be known by. */
export const prepareListing = async (context: WorklistContext, run: StoredRun): Promise<Listing> => {
  const lists = await readRescreenLists(context.db.query, [run.id])
  const districts = lists.map(({ jurisdiction }) => jurisdiction)
  const since = new Date(run.started_at.getTime() - comparedDays * msPerDay)
  const open = await readOpenListDays(context.db.query, districts, since)
  const own = districts.map((jurisdiction) => ({
    jurisdiction,
    day: localDay(context, jurisdiction, run.started_at.getTime()),
  }))
  const keyOf = ({ jurisdiction, day }: (typeof own)[number]): string => `${jurisdiction}|${day}`
  const digestsOf = new Map<number, DigestsOf>()
  for (const owner of own) {
    const others = new Map([...own, ...open].map((each) => [keyOf(each), each]))
    others.delete(keyOf(owner))
    digestsOf.set(
      owner.jurisdiction,
      await context.identity.sealer.digestsOfDays([owner, ...others.values()]),
    )
  }
  return {
    context,
    lists: new Map(lists.map((list) => [list.jurisdiction, list])),
    digestsOf,
    homeDigestsOf: await prepareHomes(context, own),
  }
}

type Opened = { readonly name?: string; readonly phone?: string; readonly document?: string }
type OpenedPerson = Candidate & { readonly person: SelectedPerson; readonly opened: Opened }

const fields = ['name', 'phone', 'document'] as const

/** Name, phone and document as they stand after corrections; null where the key of the day is destroyed. */
const openPerson = async (
  { identity: { sealer } }: WorklistContext,
  person: SelectedPerson,
  corrections: readonly StoredCorrection[],
): Promise<Opened | null> => {
  if (!person.isKeyThere) return null
  const opened: { name?: string; phone?: string; document?: string } = {}
  for (const field of fields) {
    const corrected = corrections.findLast((each) => each.field === field && each.valueSealed !== null)
    const sealed = person[field]
    if (corrected === undefined && sealed === null) continue
    const text =
      corrected === undefined
        ? await unlessDestroyed(
            sealer.open(person, fieldPlace(person.screeningId, person.seat, field), sealed as Buffer),
          )
        : await openCorrection(sealer, corrected)
    if (text === null) return null
    opened[field] = text
  }
  return opened
}

const personKey = ({ screeningId, seat }: { readonly screeningId: string; readonly seat: number }): string =>
  `${screeningId}|${seat}`

const openAll = async (
  { context, digestsOf }: Listing,
  transaction: AreaTransaction,
  people: readonly SelectedPerson[],
): Promise<readonly OpenedPerson[]> => {
  const corrections = Map.groupBy(await readCorrectionsOfAll(transaction, people), personKey)
  const found: OpenedPerson[] = []
  for (const person of people) {
    const opened = await openPerson(context, person, corrections.get(personKey(person)) ?? [])
    const digests = digestsOf.get(person.jurisdiction)
    if (opened === null || digests === undefined) continue
    const content = { ...opened, documentKind: person.documentKind }
    found.push({ ...candidateOf(person.position, content, digests), person, opened })
  }
  return found
}

/** Who gave no phone can only be visited. */
const isToVisit = ({ phone }: Opened, sameAs: SameAs | null): boolean =>
  sameAs === null && phone === undefined

const rowOf = async (
  { context, lists }: Listing,
  run: StoredRun,
  { person, opened, phones, documents }: OpenedPerson,
  { sameAs, householdId }: { readonly sameAs: SameAs | null; readonly householdId: string | null },
): Promise<RescreenRow[]> => {
  const { jurisdiction, position } = person
  const list = lists.get(jurisdiction)
  if (list === undefined) return []
  const owner = { jurisdiction, day: localDay(context, jurisdiction, run.started_at.getTime()) }
  // Nothing but what the call needs: who goes there looks the rest up, with a purpose.
  const { document: _, ...content } = opened
  const place = rowPlace(list.list_id, position)
  const at = new Date(context.now())
  return [
    {
      jurisdiction,
      occurredAt: run.started_at,
      listId: list.list_id,
      row: position,
      runId: run.id,
      sealed: await context.identity.sealer.sealText(owner, place, JSON.stringify(content)),
      phone: phones[0] ?? null,
      document: documents[0] ?? null,
      sameAs,
      visitFactId: isToVisit(opened, sameAs) ? v7({ msecs: at.getTime() }) : null,
      householdId,
      at,
      accountId: run.started_by,
    },
  ]
}

/** Households of those who have to be visited, as far as they are on file in their district, by position. */
const homesOf = async (
  { homeDigestsOf }: Listing,
  transaction: AreaTransaction,
  people: readonly OpenedPerson[],
): Promise<ReadonlyMap<number, string>> => {
  const homes = new Map<number, string>()
  for (const [jurisdiction, own] of Map.groupBy(people, ({ person }) => person.jurisdiction)) {
    const digestsOf = homeDigestsOf.get(jurisdiction)
    if (digestsOf === undefined) continue
    const sought = own.flatMap(({ person: { position, documentKind }, opened: { document } }) =>
      document === undefined ? [] : [{ position, documentKind, document }],
    )
    for (const [position, home] of await findHomes(transaction, jurisdiction, sought, digestsOf))
      homes.set(position, home)
  }
  return homes
}

const rowsOf = async (
  listing: Listing,
  transaction: AreaTransaction,
  run: StoredRun,
  people: readonly OpenedPerson[],
): Promise<readonly RescreenRow[]> => {
  const lists = [...listing.lists.values()]
  const known = await findCallableRows(
    transaction,
    lists.map(({ jurisdiction }) => jurisdiction),
    lists.map(({ list_id }) => list_id),
    {
      phones: people.flatMap(({ phones }) => phones),
      documents: people.flatMap(({ documents }) => documents),
    },
  )
  const links = linkAmong(
    known,
    people,
    ({ person }) => listing.lists.get(person.jurisdiction)?.list_id ?? run.id,
  )
  const linkOf = ({ person }: OpenedPerson): SameAs | null => links.get(person.position) ?? null
  const homes = await homesOf(
    listing,
    transaction,
    people.filter((each) => isToVisit(each.opened, linkOf(each))),
  )
  const rows: RescreenRow[] = []
  for (const each of people) {
    const householdId = homes.get(each.person.position) ?? null
    rows.push(...(await rowOf(listing, run, each, { sameAs: linkOf(each), householdId })))
  }
  return rows
}

/** Makes doors of the rows whose address is known, by the day after. */
const sendToHomes = async (
  { context }: Listing,
  transaction: AreaTransaction,
  rows: readonly RescreenRow[],
): Promise<void> => {
  for (const { jurisdiction, householdId, at } of rows) {
    if (householdId === null) continue
    await ensureDoor(transaction, jurisdiction, householdId, null)
    const dueBy = addDays(localDay(context, jurisdiction, at.getTime()), 1)
    await sendToHousehold(transaction, { jurisdiction, householdId, at, dueBy })
  }
}

const becameOf = (people: readonly SelectedPerson[], rows: readonly RescreenRow[]): readonly BecameRow[] => {
  const byPosition = new Map(rows.map((row) => [row.row, row]))
  return people.map((person) => {
    const row = byPosition.get(person.position)
    if (row === undefined) return { ...person, became: 'unreadable' }
    return { ...person, became: row.sameAs === null ? 'listed' : 'linked' }
  })
}

/**
 * Puts the next people of a run on their lists and moves the cursor, in one commit.
 * @returns the run as it stands then, or undefined where somebody else works on it
 */
export const listNext = (listing: Listing, before: StoredRun): Promise<StoredRun | undefined> =>
  listing.context.db.query.transaction().execute(async (transaction) => {
    const run = await lockRun(transaction, before.id)
    if (run?.state !== 'listing' || run.cursor_position !== before.cursor_position) return undefined
    const people = await readSelected(transaction, run.id, run.cursor_position, peopleAtOnce)
    const rows = await rowsOf(listing, transaction, run, await openAll(listing, transaction, people))
    await insertRescreenRows(transaction, rows)
    await sendToHomes(listing, transaction, rows)
    const became = becameOf(people, rows)
    await writeBecame(transaction, run.id, became)
    const at = new Date(listing.context.now())
    for (const [jurisdiction, some] of Map.groupBy(became, (each) => each.jurisdiction)) {
      const count = (what: BecameRow['became']): number => some.filter((each) => each.became === what).length
      const counts = {
        listed: count('listed'),
        linked: count('linked'),
        unreadable: count('unreadable'),
      }
      await addToList(transaction, { jurisdiction, run_id: run.id }, counts)
      await announceRescreen(transaction, jurisdiction, at)
    }
    const cursor = Math.min(run.selected, run.cursor_position + peopleAtOnce)
    const isDone = cursor >= run.selected
    const change = {
      cursor_position: cursor,
      state: isDone ? 'done' : 'listing',
      finished_at: isDone ? at : null,
    }
    await updateRun(transaction, run, change)
    if (isDone) await announceRescreen(transaction, run.jurisdiction, at)
    return { ...run, ...change }
  })
