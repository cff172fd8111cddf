import type { Lack } from '@guankou/contract/endpoint.ts'
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
  /** Of the session, or of the key where a service calls with one. */
  readonly sessionId: string
  readonly sessionExpiresAtMs: number
  readonly sessionDigest: Buffer
  /** What has to be done before this session may be used for anything else. */
  readonly lacks: Lack | null
  /** Until when the last proof of a factor counts as recent, Unix time in milliseconds. */
  readonly provedUntilMs: number
  /** Endpoints that a key was given; null where the role alone decides. */
  readonly scopes: readonly string[] | null
}
