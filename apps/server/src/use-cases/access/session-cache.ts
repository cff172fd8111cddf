import type { Database } from '@guankou/db/database.ts'
import { findSession } from '@guankou/db/queries/access/accounts.ts'
import type { Actor } from '#src/actor.ts'
import { tokenDigest } from '#src/use-cases/access/tokens.ts'

/** A revocation made by another process is noticed within this time. */
const freshMs = 5_000
const mostSessions = 20_000

export type SessionLookup =
  | { readonly is: 'signed-in'; readonly actor: Actor }
  | { readonly is: 'nobody' }
  | { readonly is: 'device-revoked'; readonly actor: Actor }

export type SessionCache = {
  readonly find: (token: string) => Promise<SessionLookup>
  /** Forgets a session at once, for instance when it is signed out here. */
  readonly forget: (token: string) => void
}

const load = async (db: Database, token: string, nowMs: number): Promise<SessionLookup> => {
  const digest = tokenDigest(token)
  const session = await findSession(db.query, digest, new Date(nowMs))
  if (session === undefined) return { is: 'nobody' }
  const { account } = session
  const actor: Actor = {
    accountId: account.id,
    name: account.name,
    role: account.role,
    areaCode: account.areaCode,
    crew: account.crew,
    deviceId: session.deviceId,
    sessionExpiresAtMs: session.expiresAtMs,
    sessionDigest: digest,
  }
  return { is: session.deviceRevoked ? 'device-revoked' : 'signed-in', actor }
}

/** Looks sessions up, and keeps what it found for a few seconds, so that a busy phone costs one read in many. */
export const createSessionCache = (db: Database, now: () => number): SessionCache => {
  const held = new Map<string, { readonly until: number; readonly lookup: Promise<SessionLookup> }>()
  return {
    find: (token) => {
      const nowMs = now()
      const known = held.get(token)
      if (known !== undefined && known.until > nowMs) return known.lookup
      if (held.size >= mostSessions) held.clear()
      const lookup = load(db, token, nowMs)
      held.set(token, { until: nowMs + freshMs, lookup })
      lookup.catch(() => held.delete(token))
      return lookup
    },
    forget: (token) => {
      held.delete(token)
    },
  }
}
