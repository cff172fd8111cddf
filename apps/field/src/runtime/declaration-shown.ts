import type { SessionView } from '@guankou/contract/access/session.ts'
import type { UseDeclaration } from '@guankou/contract/declarations/declaration.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { type NewEntry, newEntry } from '@guankou/sync/outbox/entry.ts'
import { v7 } from 'uuid'
import type { FieldRuntime } from './field-runtime.ts'

/** A group of its own: that a declaration was shown is true whatever becomes of the vehicle. */
const prefix = 'declared:'
export const isDeclarationEntry = (aggregateId: string): boolean => aggregateId.startsWith(prefix)

/** The command that notes a declaration as shown, so that the server signs it no more. */
export const noteOf = (fact: ScreeningRecorded, declarationId: string): UseDeclaration => {
  // A millisecond later, so that it is never sent before its screening.
  const occurredAtMs = fact.occurredAtMs + 1
  return {
    kind: 'declarations.use',
    schemaVersion: 1,
    id: v7({ msecs: occurredAtMs }),
    jurisdiction: fact.jurisdiction,
    postId: fact.postId,
    occurredAt: new Date(occurredAtMs).toISOString(),
    declarationId,
    screeningId: fact.id,
  }
}

/** The entry to be stored with a vehicle that was declared; nothing where it was not. */
export const declarationShown = async (
  { sealParcel }: Pick<FieldRuntime, 'sealParcel'>,
  maker: Pick<SessionView, 'accountId' | 'name'>,
  { fact, declarationId }: { readonly fact: ScreeningRecorded; readonly declarationId: string | undefined },
  holdBackMs: number,
): Promise<NewEntry | undefined> => {
  if (declarationId === undefined) return undefined
  const command = noteOf(fact, declarationId)
  const parcel = await sealParcel(command.id, command).catch(() => undefined)
  return newEntry({
    id: command.id,
    aggregateId: `${prefix}${fact.id}`,
    makerId: maker.accountId,
    makerName: maker.name,
    madeAtMs: Date.parse(command.occurredAt),
    holdBackMs,
    command,
    parcel,
  })
}
