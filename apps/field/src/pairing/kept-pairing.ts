import type { KeptPairing } from '@guankou/sync/pairing/pairing-line.ts'
import type { OwnStore } from '#src/runtime/field-runtime.ts'

const isKept = (value: unknown): value is KeptPairing =>
  typeof value === 'object' && value !== null && 'pairing' in value && 'unsent' in value

/** The pairing that an account was in when the app was closed, with what it had not sent. */
export const readKept = async (store: OwnStore, accountId: string): Promise<KeptPairing | undefined> => {
  const value = await store.read(accountId)
  return isKept(value) ? value : undefined
}
