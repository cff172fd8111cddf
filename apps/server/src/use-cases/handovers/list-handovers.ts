import type { QueryOf } from '@guankou/contract/endpoint.ts'
import {
  type listHandovers as declared,
  type Handovers,
  handoversKeptDays,
  mostHandovers,
} from '@guankou/contract/handovers/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type HandoverFile, readHandovers } from '@guankou/db/queries/handovers/handovers.ts'
import { readHandoverLimits } from '@guankou/db/queries/handovers/limits.ts'
import { readFindings } from '@guankou/db/queries/handovers/people.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  accountsIn,
  handoverLineOf,
  inOrderOfNeed,
  type LineParts,
} from '#src/use-cases/handovers/handover-lines.ts'

const msPerDay = 86_400_000

/** What lines of these files are told with. */
export const linePartsOf = async (
  tx: AreaTransaction,
  role: Actor['role'],
  files: readonly HandoverFile[],
): Promise<LineParts> => ({
  role,
  names: await readAccountNames(tx, files.flatMap(accountsIn)),
  limits: await readHandoverLimits(tx),
  findings: await readFindings(
    tx,
    files.flatMap(({ opening }) =>
      opening === undefined
        ? []
        : [
            {
              jurisdiction: opening.jurisdiction,
              occurredAt: new Date(uuidTimeMs(opening.screeningId)),
              id: opening.screeningId,
            },
          ],
    ),
  ),
})

/** Hand-overs of an area: all that are open, and those of the last days. */
export const list = async (
  context: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof declared>,
): Promise<Result<Handovers>> => {
  const jurisdictions = context.reference.current().jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = context.now()
  const since = new Date(nowMs - handoversKeptDays * msPerDay)
  return inArea(context.db, actor.areaCode, async (tx) => {
    const files = await readHandovers(tx, jurisdictions, { since, limit: mostHandovers })
    const parts = await linePartsOf(tx, actor.role, files)
    const handovers = inOrderOfNeed(files.map((file) => handoverLineOf(file, parts)))
    const asOf = new Date(nowMs).toISOString()
    return done({
      asOf,
      limits: parts.limits,
      handovers,
      open: handovers.filter(isOpenHandover).length,
      overdue: handovers.filter(({ overdueAt }) => overdueAt !== null && overdueAt <= asOf).length,
    })
  })
}
