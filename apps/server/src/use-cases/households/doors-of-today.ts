import type { AskedTask } from '@guankou/contract/households/endpoints.ts'
import type { VisitTask } from '@guankou/contract/households/vocabulary.ts'
import type { HouseholdStateRead } from '@guankou/db/queries/households/states.ts'
import type { HouseholdTaskRead } from '@guankou/db/queries/households/tasks.ts'
import type { DueDoor } from '@guankou/db/queries/quarantine/doors.ts'
import { type Asked, type DueTask, openTasks } from '@guankou/domain/households/due.ts'

/** What was asked of a door otherwise than by its own facts: of its whole cell, by a list, or by an episode of quarantine. */
export const askedElsewhere = (
  state: HouseholdStateRead,
  tasks: readonly HouseholdTaskRead[],
  checks: readonly DueDoor[] = [],
): readonly AskedTask[] => [
  ...checks.map(({ dueBy, askedAt }) => ({
    task: 'quarantine-check' as const,
    dueBy,
    askedAt: askedAt.toISOString(),
  })),
  ...tasks
    .filter(({ grid_cell_id }) => grid_cell_id === state.grid_cell_id)
    .map(({ task, due_by, asked_at }) => ({
      task: task as VisitTask,
      dueBy: due_by,
      askedAt: asked_at.toISOString(),
    })),
  ...(state.escalated_at === null || state.escalated_due_by === null
    ? []
    : [
        {
          task: 'escalated' as const,
          dueBy: state.escalated_due_by,
          askedAt: state.escalated_at.toISOString(),
        },
      ]),
]

/** What a door is due for, the earliest first. */
export const dueOf = (
  state: HouseholdStateRead,
  tasks: readonly HouseholdTaskRead[],
  checks: readonly DueDoor[] = [],
): readonly DueTask[] => {
  const asked = [...askedElsewhere(state, tasks, checks), ...(state.asked as readonly AskedTask[])].map(
    ({ task, dueBy, askedAt }): Asked => ({ task, dueBy, atMs: Date.parse(askedAt) }),
  )
  const settled = new Map(
    Object.entries(state.settled).map(([task, at]) => [task as VisitTask, Date.parse(at)]),
  )
  return openTasks(asked, settled)
}

/** Whether a door is due for anything. */
export const isDue = (
  state: HouseholdStateRead,
  tasks: readonly HouseholdTaskRead[],
  checks: readonly DueDoor[] = [],
): boolean => dueOf(state, tasks, checks).length > 0

/** Whether somebody stood at a door since an instant. */
export const isBegun = ({ tried_at }: HouseholdStateRead, fromMs: number): boolean =>
  tried_at !== null && tried_at.getTime() >= fromMs
