import type { Generated } from 'kysely'

/** Keys of identities. */
export type IdentityTables = {
  identity_keys: IdentityKeyRow
}

type IdentityKeyRow = {
  jurisdiction: number
  day: string
  wrapped: Buffer | null
  created_at: Date
  destroyed_at: Date | null
  generation: string | null
  fingerprint: Buffer | null
  digest_generation: Generated<number>
  digests_from: Generated<number>
}
