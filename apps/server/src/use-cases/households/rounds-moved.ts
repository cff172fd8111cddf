import type { RoundsMoved } from '@guankou/contract/changes/change-feed.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { noteChange } from '@guankou/db/queries/changes/announce-change.ts'

/** Tells whoever watches the rounds of an area that they came further. */
export const roundsMoved = (tx: AreaTransaction, jurisdiction: number, at: Date): Promise<void> => {
  const payload: RoundsMoved = { topic: 'households', jurisdiction, committedAt: at.toISOString() }
  return noteChange(tx, { at, jurisdiction, payload })
}
