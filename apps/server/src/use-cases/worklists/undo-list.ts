import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { undoWorklist } from '@guankou/contract/worklists/endpoints.ts'
import type { separateRows } from '@guankou/contract/worklists/follow-up.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { separateLinked } from '@guankou/db/queries/worklists/calls.ts'
import {
  findImport,
  findWorklist,
  isBegun,
  readImportsOf,
  undoList,
} from '@guankou/db/queries/worklists/imports.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { announcedAt, keyOf } from '#src/use-cases/worklists/list-scope.ts'

/** Takes a list back that nobody has begun to work on. */
export const undo = (
  context: ServerContext,
  actor: Actor,
  { listId }: BodyOf<typeof undoWorklist>,
): Promise<Result<OutputOf<typeof undoWorklist>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const list = await findWorklist(transaction, listId, announcedAt(listId))
    if (list === undefined) return refused('UNKNOWN_WORKLIST')
    if (list.kind === 'rescreen') return refused('WORKLIST_NOT_BROUGHT')
    if (list.kind === 'household-register') return refused('WORKLIST_IS_REGISTER')
    for (const { id } of await readImportsOf(transaction, [listId]))
      if ((await findImport(transaction, id, true))?.state === 'reading') return refused('WORKLIST_BUSY')
    if (await isBegun(transaction, keyOf(list))) return refused('WORKLIST_BEGUN')
    const at = new Date(context.now())
    const rows = await undoList(transaction, keyOf(list), { at, accountId: actor.accountId })
    const act = { action: 'worklists.undo', subject: listId, outcome: 'done', detail: `${rows} rows` }
    await auditIdentity(transaction, actor, act, at.getTime())
    return done({ rows })
  })

/** Lets rows that look like others be called on their own. */
export const separate = (
  context: ServerContext,
  actor: Actor,
  { listId }: BodyOf<typeof separateRows>,
): Promise<Result<OutputOf<typeof separateRows>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const list = await findWorklist(transaction, listId, announcedAt(listId))
    if (list === undefined) return refused('UNKNOWN_WORKLIST')
    if (list.kind === 'rescreen') return refused('WORKLIST_NOT_BROUGHT')
    const rows = await separateLinked(transaction, keyOf(list))
    const act = { action: 'worklists.separate', subject: listId, outcome: 'done', detail: `${rows} rows` }
    await auditIdentity(transaction, actor, act, context.now())
    return done({ rows })
  })
