import type { HouseholdFile, HouseholdHistoryLine } from '@guankou/contract/households/look-up.ts'
import { mostHistoryShown, mostMembersShown } from '@guankou/contract/households/look-up.ts'
import type { DoorAddress, Member } from '@guankou/contract/households/record-household-fact.ts'
import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import { rolesThatSeeFindings } from '@guankou/contract/identity/purposes.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readFactsOf, readFactsOfPeopleHere } from '@guankou/db/queries/households/facts.ts'
import { findState, type HouseholdStateRead } from '@guankou/db/queries/households/states.ts'
import { readHouseholdTasks } from '@guankou/db/queries/households/tasks.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { findEpisodesOf } from '@guankou/db/queries/quarantine/seals.ts'
import { type DueTask, doorNextOf } from '@guankou/domain/households/due.ts'
import { type HouseholdFact, inOrder, undoneIds } from '@guankou/domain/households/household-fact.ts'
import {
  emptyHousehold,
  type Household,
  householdsOf,
  type PersonState,
} from '@guankou/domain/households/household-state.ts'
import { visitRulesOf } from '@guankou/domain/households/visit-rules.ts'
import { isComplete, partsStanding } from '@guankou/domain/households/visits.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { doorWords } from '#src/use-cases/households/door-addresses.ts'
import { dueOf } from '#src/use-cases/households/doors-of-today.ts'
import { responseOn } from '#src/use-cases/households/own-team.ts'
import { isOfPeople, newestDay } from '#src/use-cases/households/people-facts.ts'
import { readDueChecks } from '#src/use-cases/households/quarantine-checks.ts'
import { nextStepView } from '#src/use-cases/households/read-due-doors.ts'
import { bareFacts, openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'
import { maskQuarantineField } from '#src/use-cases/quarantine/mask-person.ts'

/** A household as the server has it, everything that is covered later in full. */
export type OpenHousehold = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly state: HouseholdStateRead | undefined
  readonly address: DoorAddress | undefined
  readonly people: readonly PersonState[]
  readonly due: readonly DueTask[]
  /** Facts without what is sealed of them, those of people who moved in not among them. */
  readonly bare: readonly HouseholdFact[]
  /** The newest local day under whose key something of it lies. */
  readonly day: string | undefined
}

/** One household of a jurisdiction; undefined where nobody knows it. */
export const openHousehold = async (
  { identity }: Pick<ServerContext, 'identity'>,
  tx: AreaTransaction,
  jurisdiction: number,
  householdId: string,
): Promise<OpenHousehold | undefined> => {
  const { sealer } = identity
  const state = await findState(tx, jurisdiction, householdId)
  const rows = await readFactsOf(tx, jurisdiction, [householdId])
  if (state === undefined && rows.length === 0) return undefined
  const movedIn = await readFactsOfPeopleHere(tx, jurisdiction, [householdId])
  const about = [...rows, ...movedIn].filter(isOfPeople)
  const known = householdsOf(await openFacts(sealer, about)).get(householdId)
  const words = await doorWords(tx, sealer, { jurisdiction, householdIds: [householdId] }, rows)
  const cell = state?.grid_cell_id ?? null
  const tasks = cell === null ? [] : await readHouseholdTasks(tx, jurisdiction, [cell])
  const checks = await readDueChecks(tx, jurisdiction)
  return {
    jurisdiction,
    householdId,
    state,
    address: words.get(householdId)?.address,
    people: known?.people ?? [],
    due: state === undefined ? [] : dueOf(state, tasks, checks.get(householdId)),
    bare: bareFacts(rows),
    day: newestDay(rows),
  }
}

/** An address as people write it. */
export const addressLine = ({ estate, building, stair, floor, door }: DoorAddress): string =>
  [estate, building, stair, floor, door].filter((part) => part !== undefined).join(' ')

/** On the server every member is in full; the state may also hold what a phone is shown. */
export const memberOf = ({ member }: PersonState): Member => member as Member

const coveredFields = ({ name, document, phone }: Member) => [
  { field: 'name' as const, masked: maskField('name', name) },
  ...(document === undefined
    ? []
    : [{ field: 'document' as const, masked: maskField('document', document.number) }]),
  ...(phone === undefined ? [] : [{ field: 'phone' as const, masked: maskField('phone', phone) }]),
]

/** Episodes of quarantine of somebody: by their document, and by their phone where there is none, as a family may share one. */
const episodesOf = async (
  context: ServerContext,
  tx: AreaTransaction,
  actor: Actor,
  { document, phone }: Member,
) => {
  const { sealer } = context.identity
  const digests =
    document !== undefined
      ? await sealer.lookUpDigests(document.kind, normaliseDocumentNumber(document.number))
      : phone !== undefined
        ? await sealer.lookUpDigests('phone', normalisePhone(phone))
        : []
  const found = await findEpisodesOf(tx, jurisdictionsOf(context, actor.areaCode), digests)
  return found.map(({ jurisdiction, id, occurredAt }) => ({
    jurisdiction,
    id,
    orderedAt: occurredAt.toISOString(),
  }))
}

const membersView = async (
  context: ServerContext,
  tx: AreaTransaction,
  actor: Actor,
  people: readonly PersonState[],
): Promise<HouseholdFile['members']> => {
  const isOperating = rolesThatSeeFindings.includes(actor.role)
  const members: HouseholdFile['members'] = []
  for (const person of people.slice(0, mostMembersShown)) {
    const member = memberOf(person)
    members.push({
      personId: person.id,
      relation: member.relation,
      documentKind: member.document?.kind ?? null,
      fields: coveredFields(member),
      reportedById: member.reportedById ?? null,
      mergedEntries: person.mergedIds.length,
      needs: isOperating ? [...(member.needs ?? [])] : [],
      episodes: isOperating ? await episodesOf(context, tx, actor, member) : [],
    })
  }
  return members
}

const visitsView = (rules: VisitRules, { visits }: Household): HouseholdFile['visits'] =>
  visits.toReversed().map((visit) => ({
    id: visit.id,
    openedAt: new Date(visit.openedAtMs).toISOString(),
    tasks: [...visit.tasks],
    complete: isComplete(rules, visit),
    parts: partsStanding(rules, visit).map(({ part, needed, done, signed }) => ({
      part,
      needed,
      done,
      signed,
    })),
  }))

const historyLine = (
  { id, occurredAtMs, role, accountId, happening }: HouseholdFact,
  names: OfficerNames,
  undone: ReadonlySet<string>,
): HouseholdHistoryLine => {
  const personId =
    happening.is === 'member-added'
      ? id
      : happening.is === 'members-merged'
        ? happening.keptId
        : 'personId' in happening
          ? happening.personId
          : null
  const tasks =
    happening.is === 'task-asked' ? [happening.task] : 'tasks' in happening ? [...happening.tasks] : []
  return {
    id,
    at: new Date(occurredAtMs).toISOString(),
    what: happening.is,
    role,
    officer: officerOf(names, accountId).officer,
    personId,
    part:
      happening.is === 'part-done'
        ? happening.work.part
        : happening.is === 'visit-signed'
          ? happening.part
          : null,
    outcome: happening.is === 'door-outcome' ? happening.outcome : null,
    tasks,
    undoes: happening.is === 'undone' ? happening.factId : null,
    undone: undone.has(id),
  }
}

/** A household with its people covered, as a role sees it. */
export const householdFile = async (
  context: ServerContext,
  tx: AreaTransaction,
  actor: Actor,
  open: OpenHousehold,
): Promise<HouseholdFile> => {
  const data = context.reference.current()
  const place = data.jurisdiction(open.jurisdiction)
  const timeZone = place?.timeZone ?? 'UTC'
  const { day } = daySlotOf(timeZone, context.now())
  const rules = visitRulesOf(responseOn(data.responses, day), day)
  const standingNow = householdsOf(open.bare).get(open.householdId) ?? emptyHousehold(open.householdId)
  const facts = inOrder(open.bare).toReversed()
  const shown = facts.slice(0, mostHistoryShown)
  const names = await readAccountNames(
    tx,
    shown.map(({ accountId }) => accountId),
  )
  const undone = undoneIds(open.bare)
  const due = open.due.map(({ task, dueBy }) => ({ task, dueBy }))
  return {
    householdId: open.householdId,
    jurisdiction: open.jurisdiction,
    district: { ...(place?.name ?? { zh: '其他地区', en: 'Another area' }) },
    gridCellId: open.state?.grid_cell_id ?? null,
    fields:
      open.address === undefined
        ? []
        : [{ field: 'address', masked: maskQuarantineField('address', addressLine(open.address)) }],
    members: await membersView(context, tx, actor, open.people),
    moreMembers: open.people.length > mostMembersShown,
    due,
    overdue: due.some(({ dueBy }) => dueBy < day),
    next: nextStepView(doorNextOf(rules, timeZone, standingNow)),
    visits: visitsView(rules, standingNow),
    history: shown.map((fact) => historyLine(fact, names, undone)),
    moreHistory: facts.length > mostHistoryShown,
  }
}
