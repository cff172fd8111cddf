import type { Database } from '@guankou/db/database.ts'
import { findApiKey, touchApiKey } from '@guankou/db/queries/access/api-keys.ts'
import { findSession, type Session, touchSession } from '@guankou/db/queries/access/sessions.ts'
import type { Actor } from '#src/actor.ts'
import type { SignInPolicy } from '#src/sign-in/policy.ts'
import { isApiKey, tokenDigest } from '#src/use-cases/access/tokens.ts'

/** A revocation made by another process is noticed within this time. */
const freshMs = 5_000
const mostSessions = 20_000
/** How exactly it is known when a session or a key was used last. */
const seenEveryMs = 60_000

export type SessionLookup =
  | { readonly is: 'signed-in'; readonly actor: Actor }
  | { readonly is: 'nobody' }
  | { readonly is: 'device-revoked'; readonly actor: Actor }

export type SessionCache = {
  readonly find: (token: string) => Promise<SessionLookup>
  /** Forgets a session at once, for instance when it is signed out here. */
  readonly forget: (token: string) => void
  /** Forgets every session and key of an account at once, after something about it was changed. */
  readonly forgetAccount: (accountId: string) => void
}

type Load = (token: string, nowMs: number) => Promise<SessionLookup>

const isDue = (lastMs: number | null, nowMs: number): boolean => (lastMs ?? 0) + seenEveryMs <= nowMs

/** Whether nobody has called from a desk for so long that whoever comes next may be another. */
const isLeft = ({ deviceId, lastSeenAtMs }: Session, policy: SignInPolicy, nowMs: number): boolean =>
  deviceId === null && lastSeenAtMs !== null && lastSeenAtMs + policy.idleMs() < nowMs

const loadSession =
  (db: Database, policy: SignInPolicy): Load =>
  async (token, nowMs) => {
    const digest = tokenDigest(token)
    const session = await findSession(db.query, digest, new Date(nowMs))
    if (session === undefined || isLeft(session, policy, nowMs)) return { is: 'nobody' }
    if (isDue(session.lastSeenAtMs, nowMs)) await touchSession(db.query, session.id, new Date(nowMs))
    const { account } = session
    const actor: Actor = {
      accountId: account.id,
      name: account.name,
      role: account.role,
      areaCode: account.areaCode,
      crew: account.crew,
      deviceId: session.deviceId,
      sessionId: session.id,
      sessionExpiresAtMs: session.expiresAtMs,
      sessionDigest: digest,
      lacks: session.lacks,
      provedUntilMs: policy.provedUntilMs(session.factorAtMs),
      scopes: null,
    }
    return { is: session.deviceRevoked ? 'device-revoked' : 'signed-in', actor }
  }

const loadApiKey =
  (db: Database): Load =>
  async (token, nowMs) => {
    const digest = tokenDigest(token)
    const key = await findApiKey(db.query, digest, new Date(nowMs))
    if (key === undefined) return { is: 'nobody' }
    if (isDue(key.lastUsedAtMs, nowMs)) await touchApiKey(db.query, key.id, new Date(nowMs))
    const { account } = key
    const actor: Actor = {
      accountId: account.id,
      name: account.name,
      role: account.role,
      areaCode: account.areaCode,
      crew: account.crew,
      deviceId: null,
      sessionId: key.id,
      sessionExpiresAtMs: key.expiresAtMs,
      sessionDigest: digest,
      lacks: null,
      provedUntilMs: 0,
      scopes: key.scopes,
    }
    return { is: 'signed-in', actor }
  }

type Held = {
  readonly until: number
  readonly lookup: Promise<SessionLookup>
  /** Unknown while the lookup is under way. */
  accountId?: string
}

/** Looks sessions up, and keeps what it found for a few seconds, so that a busy phone costs one read in many. */
export const createSessionCache = (db: Database, now: () => number, policy: SignInPolicy): SessionCache => {
  const held = new Map<string, Held>()
  const [session, apiKey] = [loadSession(db, policy), loadApiKey(db)]
  const hold = (token: string, nowMs: number): Promise<SessionLookup> => {
    const lookup = (isApiKey(token) ? apiKey : session)(token, nowMs)
    const entry: Held = { until: nowMs + freshMs, lookup }
    held.set(token, entry)
    lookup.then(
      (found) => {
        if (found.is !== 'nobody') entry.accountId = found.actor.accountId
      },
      () => {
        if (held.get(token) === entry) held.delete(token)
      },
    )
    return lookup
  }
  return {
    find: (token) => {
      const nowMs = now()
      const known = held.get(token)
      if (known !== undefined && known.until > nowMs) return known.lookup
      if (held.size >= mostSessions) held.clear()
      return hold(token, nowMs)
    },
    forget: (token) => {
      held.delete(token)
    },
    forgetAccount: (accountId) => {
      // A lookup under way may have read what was true before the change; nobody knows yet whose it is.
      for (const [token, entry] of held)
        if (entry.accountId === undefined || entry.accountId === accountId) held.delete(token)
    },
  }
}
