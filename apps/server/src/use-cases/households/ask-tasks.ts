import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { askTasks as declared } from '@guankou/contract/households/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { insertHouseholdTask } from '@guankou/db/queries/households/tasks.ts'
import { countCells } from '@guankou/db/queries/households/teams.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { roundsMoved } from '#src/use-cases/households/rounds-moved.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

/** Asks every door of a grid cell for one task. */
export const askTasks = (
  { db, now }: ServerContext,
  actor: Actor,
  { jurisdiction, gridCellId, task, dueBy }: BodyOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> =>
  inArea(db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    if (!isCivilDate(dueBy)) return refused('INVALID_INPUT', '/dueBy')
    const at = new Date(now())
    const [cell] = await countCells(tx, [jurisdiction], at, [gridCellId])
    if (cell === undefined) return refused('UNKNOWN_GRID_CELL', '/gridCellId')
    const id = v7({ msecs: at.getTime() })
    await insertHouseholdTask(tx, {
      jurisdiction,
      id,
      grid_cell_id: gridCellId,
      task,
      due_by: dueBy,
      asked_at: at,
      asked_by: actor.accountId,
    })
    const detail = `${task} in cell ${gridCellId} by ${dueBy}: ${cell.doors} doors`
    const act = { action: 'households.ask-tasks', subject: id, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, at.getTime())
    await roundsMoved(tx, jurisdiction, at)
    return done({ id, doors: cell.doors })
  })
