import type { RescreenMoved } from '@guankou/contract/changes/change-feed.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import type { StoredRowState } from '@guankou/db/queries/worklists/calls.ts'
import { findWorklist } from '@guankou/db/queries/worklists/imports.ts'

/** Tells whoever watches that the people of a district, or of the whole city, came further. */
export const announceRescreen = (
  transaction: AreaTransaction,
  jurisdiction: number,
  at: Date,
): Promise<void> => {
  const payload: RescreenMoved = { topic: 'rescreen', jurisdiction, committedAt: at.toISOString() }
  return announceChange(transaction, { at, jurisdiction, payload })
}

/** The same for a row that was called, where its list is one of a rescreening. */
export const announceReached = async (
  transaction: AreaTransaction,
  state: StoredRowState,
  at: Date,
): Promise<void> => {
  const list = await findWorklist(transaction, state.list_id, state.occurred_at)
  if (list?.kind === 'rescreen') await announceRescreen(transaction, state.jurisdiction, at)
}
