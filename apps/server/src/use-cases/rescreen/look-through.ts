import type { StoredRun } from '@guankou/db/queries/rescreen/runs.ts'
import { listNext, prepareListing } from '#src/use-cases/rescreen/list-people.ts'
import { selectRun } from '#src/use-cases/rescreen/select-run.ts'
import type { WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

/** How a pass ended: with everybody on a list, before a stop, or because another server works on it. */
export type PassEnd = 'done' | 'stopped' | 'overtaken'

/** Looks through everyone on file for a run, from where it was left. */
export const lookThrough = async (
  context: WorklistContext,
  found: StoredRun,
  isStopped: () => boolean,
): Promise<PassEnd> => {
  let run: StoredRun | undefined = found.state === 'selecting' ? await selectRun(context, found.id) : found
  if (run?.state !== 'listing') return run === undefined ? 'overtaken' : 'done'
  const listing = await prepareListing(context, run)
  while (run.state === 'listing') {
    if (isStopped()) return 'stopped'
    const next = await listNext(listing, run)
    if (next === undefined) return 'overtaken'
    run = next
  }
  return 'done'
}
