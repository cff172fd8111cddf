import { createHash } from 'node:crypto'
import type { UseDeclaration } from '@guankou/contract/declarations/declaration.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { findUse, insertUse, type StoredUse } from '@guankou/db/queries/declarations/declarations.ts'
import { decideUse } from '@guankou/domain/declarations/decide-use.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { digestOfDeclaration } from '#src/use-cases/declarations/sign-declaration.ts'

type Recorded = { readonly id: string; readonly recordedAtMs: number; readonly duplicate: boolean }

const digestOf = (command: UseDeclaration): Buffer =>
  createHash('sha256').update(JSON.stringify(command)).digest()

const earlier = async (
  { db }: ServerContext,
  actor: Actor,
  command: UseDeclaration,
): Promise<Result<Recorded> | undefined> => {
  const found = await inArea(db, actor.areaCode, (tx) => findUse(tx, command.jurisdiction, command.id))
  if (found === undefined) return undefined
  if (!found.contentDigest.equals(digestOf(command))) return refused('COMMAND_ID_REUSED', '/id')
  return done({ id: command.id, recordedAtMs: found.recordedAt.getTime(), duplicate: true })
}

/** Fact and audit in one commit. @returns false where the id is there already */
const write = ({ db }: ServerContext, actor: Actor, use: StoredUse): Promise<boolean> =>
  inArea(db, actor.areaCode, async (tx) => {
    if (!(await insertUse(tx, use))) return false
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'declarations.use',
      subject: use.screeningId,
      outcome: 'recorded',
      detail: null,
    }
    await recordAudit(executeIn(tx), use.jurisdiction, [entry], use.recordedAt.getTime())
    return true
  })

/** Records that a declaration was confirmed in a screening. Shown twice makes two facts: both screenings took place. */
export const useDeclaration = async (
  context: ServerContext,
  actor: Actor,
  command: UseDeclaration,
): Promise<Result<Recorded>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  const nowMs = context.now()
  const decided = decideUse(context.reference.current(), command, nowMs)
  try {
    if (!decided.ok) return (await earlier(context, actor, command)) ?? decided
    const { id, jurisdiction, postId, screeningId, declarationId, occurredAtMs } = decided.fact
    const isNew = await write(context, actor, {
      jurisdiction,
      id,
      occurredAt: new Date(occurredAtMs),
      recordedAt: new Date(nowMs),
      postId,
      screeningId,
      declarationDigest: digestOfDeclaration(declarationId),
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      contentDigest: digestOf(command),
    })
    if (isNew) return done({ id, recordedAtMs: nowMs, duplicate: false })
    return (await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id')
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
