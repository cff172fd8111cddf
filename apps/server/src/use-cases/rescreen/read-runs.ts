import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listRescreens, RescreenDistrict, RescreenRun } from '@guankou/contract/rescreen/runs.ts'
import type { RescreenState } from '@guankou/contract/rescreen/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  type DistrictProgress,
  readLatestRuns,
  readProgress,
  readRescreenLists,
  type StoredRescreenList,
  type StoredRun,
} from '@guankou/db/queries/rescreen/runs.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'

const mostRuns = 10

const districtOf = (
  list: StoredRescreenList,
  progress: DistrictProgress | undefined,
  isLate: boolean,
): RescreenDistrict => {
  const none = { called: 0, closed: 0, toVisit: 0, noAddress: 0, open: 0 }
  const { called, closed, toVisit, noAddress, open } = progress ?? none
  return {
    jurisdiction: list.jurisdiction,
    listId: list.list_id,
    selected: list.selected,
    listed: list.listed,
    linked: list.linked,
    unreadable: list.unreadable,
    called,
    closed,
    toVisit,
    noAddress,
    open,
    overdue: isLate ? open : 0,
  }
}

const runOf = async (
  transaction: AreaTransaction,
  run: StoredRun,
  lists: readonly StoredRescreenList[],
  now: Date,
): Promise<RescreenRun> => {
  const progress = await readProgress(
    transaction,
    lists.map(({ list_id }) => list_id),
  )
  const districts = lists.map((list) =>
    districtOf(
      list,
      progress.find(({ listId }) => listId === list.list_id),
      run.due_at < now,
    ),
  )
  return {
    id: run.id,
    responseId: run.response_id,
    version: run.version,
    beforeVersion: run.before_version,
    state: run.state as RescreenState,
    startedAt: run.started_at.toISOString(),
    startedBy: { zh: run.name_zh, en: run.name_en },
    finishedAt: run.finished_at?.toISOString() ?? null,
    dueAt: run.due_at.toISOString(),
    onFile: run.on_file,
    notAsked: run.not_asked,
    handled: districts.reduce((sum, each) => sum + each.listed + each.linked + each.unreadable, 0),
    failure: run.failure,
    districts,
  }
}

/** How far the latest passes have come, in the districts of whoever asks. */
export const readRuns = (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listRescreens>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const now = new Date(context.now())
    const stored = await readLatestRuns(transaction, mostRuns)
    const lists = await readRescreenLists(
      transaction,
      stored.map(({ id }) => id),
    )
    const runs: RescreenRun[] = []
    for (const run of stored)
      runs.push(
        await runOf(
          transaction,
          run,
          lists.filter(({ run_id }) => run_id === run.id),
          now,
        ),
      )
    return done({ asOf: now.toISOString(), runs })
  })
