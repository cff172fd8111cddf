import type { DueDoors } from '@guankou/contract/households/planning.ts'
import type { QuarantineBoard, QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import type { WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'

/** Work that somebody waits for, and that is overdue. */
export type Overdue = { readonly key: string; readonly sinceMs: number | null } & (
  | { readonly is: 'door'; readonly door: DueDoors['doors'][number] }
  | { readonly is: 'quarantine'; readonly line: QuarantineLine }
  | { readonly is: 'calls'; readonly list: WorklistLine }
)

export type FollowedUp = {
  readonly doors: DueDoors | undefined
  readonly quarantine: QuarantineBoard | undefined
  readonly lists: readonly WorklistLine[] | undefined
  readonly nowMs: number
  readonly timeZone: string
}

/** When a local day is over, Unix ms. @param day  YYYY-MM-DD */
export const dayOverMs = (day: string, timeZone: string): number => {
  const midnight = Date.parse(`${day}T00:00:00Z`) + 86_400_000
  return (
    midnight - utcOffsetMinutes(timeZone, midnight - utcOffsetMinutes(timeZone, midnight) * 60_000) * 60_000
  )
}

/** Everything overdue, the longest first; what is overdue since nobody knows when comes last. */
export const overdueOf = ({ doors, quarantine, lists, nowMs, timeZone }: FollowedUp): readonly Overdue[] => {
  const all: readonly Overdue[] = [
    ...(doors?.doors ?? [])
      .filter(({ overdue }) => overdue)
      .map((door) => ({
        is: 'door' as const,
        key: door.householdId,
        sinceMs: dayOverMs(door.dueBy, timeZone),
        door,
      })),
    ...(quarantine?.lines ?? [])
      .filter((line) => line.overdue && isOpenEpisode(line))
      .map((line) => ({
        is: 'quarantine' as const,
        key: line.id,
        sinceMs: line.stepAt === null ? null : Date.parse(line.stepAt),
        line,
      })),
    ...(lists ?? [])
      .filter(({ overdue }) => overdue > 0)
      .map((list) => {
        const dueMs = list.dueAt === null ? null : Date.parse(list.dueAt)
        // Calls may be late on a list that is not: then nothing says since when.
        return {
          is: 'calls' as const,
          key: list.id,
          sinceMs: dueMs !== null && dueMs < nowMs ? dueMs : null,
          list,
        }
      }),
  ]
  return all.toSorted((a, b) => {
    if (a.sinceMs === null || b.sinceMs === null)
      return (a.sinceMs === null ? 1 : 0) - (b.sinceMs === null ? 1 : 0)
    return a.sinceMs - b.sinceMs
  })
}

/** How much of one kind of work there is. */
export type WorkCount = {
  readonly kind: 'doors' | 'quarantine' | 'help' | 'calls'
  readonly open: number
  readonly overdue: number
  readonly oldestMs: number | null
}

const oldestOf = (overdue: readonly Overdue[], kind: Overdue['is']): number | null =>
  overdue.find(({ is, sinceMs }) => is === kind && sinceMs !== null)?.sinceMs ?? null

/** Counts of each kind that a role is told of. @param overdue  as `overdueOf` gives it */
export const countWork = (
  { doors, quarantine, lists }: FollowedUp,
  overdue: readonly Overdue[],
): readonly WorkCount[] => {
  const help = (quarantine?.lines ?? []).flatMap(({ openHelp }) => openHelp)
  const sum = (of: (list: WorklistLine) => number) =>
    (lists ?? []).reduce((total, list) => total + of(list), 0)
  return [
    ...(doors === undefined
      ? []
      : [
          {
            kind: 'doors' as const,
            open: doors.due,
            overdue: doors.overdue,
            oldestMs: oldestOf(overdue, 'door'),
          },
        ]),
    ...(quarantine === undefined
      ? []
      : [
          {
            kind: 'quarantine' as const,
            open: quarantine.open,
            overdue: quarantine.overdue,
            oldestMs: oldestOf(overdue, 'quarantine'),
          },
          {
            kind: 'help' as const,
            open: help.length,
            overdue: 0,
            oldestMs: help.length === 0 ? null : Math.min(...help.map(({ askedAt }) => Date.parse(askedAt))),
          },
        ]),
    ...(lists === undefined
      ? []
      : [
          {
            kind: 'calls' as const,
            open: sum(({ open }) => open),
            overdue: sum((list) => list.overdue),
            oldestMs: oldestOf(overdue, 'calls'),
          },
        ]),
  ]
}

/** Lists of an area among those that somebody may see. */
export const listsIn = (lists: readonly WorklistLine[], area: number): readonly WorklistLine[] =>
  lists.filter(({ jurisdiction }) => liesIn(jurisdiction, area))
