import type { OwnStore } from '#src/runtime/field-runtime.ts'
import { readKept } from './kept-pairing.ts'

/** Sends what waits of a pairing as soon as its maker has unlocked, whatever screen is open. */
export const resumeUnsent = async (store: OwnStore, accountId: string): Promise<void> => {
  const kept = await readKept(store, accountId)
  if (kept === undefined || kept.unsent.length === 0) return
  const { pairingLineOf } = await import('./open-pairing-line.ts')
  await pairingLineOf(accountId, store).resume()
}
