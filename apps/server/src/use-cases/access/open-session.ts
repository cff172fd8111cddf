import type { SessionView } from '@guankou/contract/access/session.ts'
import type { Lack } from '@guankou/contract/endpoint.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { Account } from '@guankou/db/queries/access/accounts.ts'
import { readFactorsOf } from '@guankou/db/queries/access/credentials.ts'
import { insertSession, type SessionOrigin, type SignInMethod } from '@guankou/db/queries/access/sessions.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { SignInPolicy } from '#src/sign-in/policy.ts'
import { newToken, tokenDigest } from '#src/use-cases/access/tokens.ts'

const sessionValidMs = 12 * 3_600_000
/** A phone must outlast a shift without a network, and hand its records over afterwards. */
const deviceSessionValidMs = 7 * 24 * 3_600_000
/** Time to find the authenticator, or to set one up. */
const lackingValidMs = 15 * 60_000

export type SignedIn = { readonly token: string; readonly expiresAtMs: number; readonly view: SessionView }

/** How somebody came in. */
export type Entrance = SessionOrigin & {
  readonly method: SignInMethod
  readonly action: string
  readonly deviceId: string | null
  /** Whether more than one factor was proved on the way in. */
  readonly secondFactorProved: boolean
}

/** How long a session lasts that lacks something, or nothing. */
export const validForMs = (lacks: Lack | null, deviceId: string | null): number => {
  if (lacks !== null) return lackingValidMs
  return deviceId === null ? sessionValidMs : deviceSessionValidMs
}

/**
 * What a session still lacks. A link is handed over in person and may stand for both factors, except for the roles
 * that must have a second one.
 */
const lackOf = async (
  tx: AreaTransaction,
  policy: SignInPolicy,
  { id, role }: Account,
  entrance: Entrance,
): Promise<Lack | null> => {
  if (entrance.secondFactorProved) return null
  const needed = policy.needsSecondFactor(role)
  if (!needed && entrance.method === 'link') return null
  const { totp, passkeys } = await readFactorsOf(tx, id)
  if (totp || passkeys > 0) return 'second-factor'
  return needed ? 'second-factor-set-up' : null
}

/** A session as the fronts see it. */
export const viewOf = (
  actor: Pick<Actor, 'accountId' | 'name' | 'role' | 'areaCode' | 'crew' | 'deviceId' | 'lacks'>,
  expiresAtMs: number,
): SessionView => ({
  accountId: actor.accountId,
  name: actor.name,
  role: actor.role,
  areaCode: actor.areaCode,
  crew: actor.crew,
  deviceId: actor.deviceId,
  expiresAt: new Date(expiresAtMs).toISOString(),
  ...(actor.lacks === null ? {} : { lacks: actor.lacks }),
})

/** Opens a session for an account that has proved itself, in the transaction that audits it. */
export const openSession = async (
  tx: AreaTransaction,
  policy: SignInPolicy,
  account: Account,
  entrance: Entrance,
  nowMs: number,
): Promise<SignedIn> => {
  const token = newToken()
  const lacks = await lackOf(tx, policy, account, entrance)
  const expiresAtMs = nowMs + validForMs(lacks, entrance.deviceId)
  const { deviceId, method, front, agent } = entrance
  await insertSession(tx, {
    tokenDigest: tokenDigest(token),
    accountId: account.id,
    deviceId,
    createdAt: new Date(nowMs),
    expiresAt: new Date(expiresAtMs),
    method,
    front,
    agent,
    lacks,
  })
  const entry = {
    accountId: account.id,
    deviceId,
    action: entrance.action,
    subject: account.id,
    outcome: 'done',
    detail: lacks,
  }
  await recordAudit(executeIn(tx), account.areaCode, [entry], nowMs)
  return {
    token,
    expiresAtMs,
    view: viewOf({ ...account, accountId: account.id, deviceId, lacks }, expiresAtMs),
  }
}
