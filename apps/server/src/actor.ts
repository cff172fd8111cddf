import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Role } from '@guankou/contract/roles.ts'

/** Who acts: the account behind a session. */
export type Actor = {
  readonly accountId: string
  readonly name: Bilingual
  readonly role: Role
  readonly areaCode: number
  readonly crew: Bilingual | null
  readonly deviceId: string | null
  readonly sessionExpiresAtMs: number
  readonly sessionDigest: Buffer
}
