import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { readHousehold as declared } from '@guankou/contract/households/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readFactsOf } from '@guankou/db/queries/households/facts.ts'
import { findState } from '@guankou/db/queries/households/states.ts'
import { readHouseholdTasks } from '@guankou/db/queries/households/tasks.ts'
import { teamOfUnplaced } from '@guankou/domain/households/divide-round.ts'
import type { CommunityRole } from '@guankou/domain/households/household-fact.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { dayStartMs } from '@guankou/domain/places/day-start.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { doorWords } from '#src/use-cases/households/door-addresses.ts'
import { noteRound, toldOf } from '#src/use-cases/households/note-round.ts'
import { findTeams, roundTeamOf } from '#src/use-cases/households/own-team.ts'
import { readFactsElsewhere } from '#src/use-cases/households/people-here.ts'
import { checkViews, readDueChecks } from '#src/use-cases/households/quarantine-checks.ts'
import { doorView } from '#src/use-cases/households/read-round.ts'
import { factView, openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

/** One household where the own team goes; each look is audited. */
export const readHousehold = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, householdId }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const place = context.reference.current().jurisdiction(jurisdiction)
  if (place === undefined) return refused('UNKNOWN_AREA', '/jurisdiction')
  const { sealer } = context.identity
  return inArea(context.db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    const here = await findTeams(tx, actor, jurisdiction)
    if (here === undefined) return refused('NOT_IN_A_TEAM')
    const state = await findState(tx, jurisdiction, householdId)
    const cell = state?.grid_cell_id ?? null
    const isOwn =
      cell === null
        ? teamOfUnplaced(here.all.map(roundTeamOf), householdId)?.id === here.own.id
        : here.own.grid_cell_ids.includes(cell)
    if (state === undefined || !isOwn) return refused('UNKNOWN_HOUSEHOLD', '/householdId')
    const rows = await readFactsOf(tx, jurisdiction, [householdId])
    const words = await doorWords(tx, sealer, { jurisdiction, householdIds: [householdId] }, rows)
    const said = words.get(householdId)
    if (said === undefined) return refused('UNKNOWN_HOUSEHOLD', '/householdId')
    const tasks = cell === null ? [] : await readHouseholdTasks(tx, jurisdiction, [cell])
    const due = (await readDueChecks(tx, jurisdiction)).get(householdId) ?? []
    const checks = (await checkViews(context, tx, jurisdiction, due)).get(householdId) ?? []
    const elsewhere = await readFactsElsewhere(tx, jurisdiction, [householdId], rows)
    const facts = await openFacts(sealer, [...rows, ...elsewhere])
    const act = { action: 'households.household', subject: householdId, outcome: 'done', detail: null }
    const nowMs = context.now()
    await auditIdentity(tx, actor, act, nowMs)
    const { day } = daySlotOf(place.timeZone, nowMs)
    const fromMs = dayStartMs(place.timeZone, nowMs)
    await noteRound(tx, actor, { jurisdiction, day, fromMs, nowMs }, toldOf(householdId, checks))
    return done({
      door: doorView(state, said, { tasks, due, checks }),
      facts: facts.map((fact) => factView(actor.role as CommunityRole, fact)),
    })
  })
}
