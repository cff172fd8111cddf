import type { Database } from '@guankou/db/database.ts'
import { type Account, insertSignInLink, spendSignInLink } from '@guankou/db/queries/access/accounts.ts'
import { enrolDevice } from '@guankou/db/queries/access/devices.ts'
import { revokeSession, type SessionOrigin } from '@guankou/db/queries/access/sessions.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { openSession, type SignedIn } from '#src/use-cases/access/open-session.ts'
import { newToken, tokenDigest } from '#src/use-cases/access/tokens.ts'

const linkValidMs = 24 * 3_600_000

/**
 * Makes a one-time link for an account.
 * @param issuer  the account that asks for it; null at the command line
 * @returns the token, which is not kept
 */
export const issueSignInLink = async (
  db: Database,
  account: Account,
  nowMs: number,
  issuer: string | null = null,
): Promise<{ readonly token: string; readonly expiresAtMs: number }> => {
  const token = newToken()
  const expiresAtMs = nowMs + linkValidMs
  await db.query.transaction().execute(async (tx) => {
    await insertSignInLink(tx, {
      tokenDigest: tokenDigest(token),
      accountId: account.id,
      createdAt: new Date(nowMs),
      expiresAt: new Date(expiresAtMs),
    })
    const entry = {
      accountId: issuer,
      deviceId: null,
      action: 'access.issue-link',
      subject: account.id,
      outcome: 'done',
      detail: null,
    }
    await recordAudit(executeIn(tx), account.areaCode, [entry], nowMs)
  })
  return { token, expiresAtMs }
}

type Device = { readonly id: string; readonly label: string }

class DeviceRefused extends Error {
  readonly code: 'DEVICE_REVOKED' | 'DEVICE_NOT_ENROLLED'
  constructor(code: DeviceRefused['code']) {
    super(code)
    this.code = code
  }
}

/** Spends a one-time link and opens a session, enrolling the device where one is named. */
export const signInWithLink = async (
  { db, now, access }: ServerContext,
  token: string,
  device: Device | undefined,
  origin: SessionOrigin = { front: null, agent: null },
): Promise<Result<SignedIn>> => {
  const nowMs = now()
  try {
    return await db.query.transaction().execute(async (tx) => {
      const account = await spendSignInLink(tx, tokenDigest(token), new Date(nowMs))
      if (account === undefined) return refused('SIGN_IN_LINK_SPENT')
      if (device !== undefined) {
        const enrolled = await enrolDevice(tx, {
          ...device,
          areaCode: account.areaCode,
          now: new Date(nowMs),
        })
        // The link stays unspent: it was not the account that was refused.
        if (enrolled === 'revoked') throw new DeviceRefused('DEVICE_REVOKED')
        if (enrolled === 'not-enrolled') throw new DeviceRefused('DEVICE_NOT_ENROLLED')
      }
      const entrance = {
        ...origin,
        method: 'link',
        action: 'access.sign-in',
        deviceId: device?.id ?? null,
        secondFactorProved: false,
      } as const
      return done(await openSession(tx, access.policy, account, entrance, nowMs))
    })
  } catch (error) {
    if (error instanceof DeviceRefused) return refused(error.code)
    throw error
  }
}

/** Ends a session. */
export const signOut = async ({ db, now }: ServerContext, actor: Actor): Promise<void> => {
  const nowMs = now()
  await db.query.transaction().execute(async (tx) => {
    await revokeSession(tx, actor.sessionDigest, new Date(nowMs))
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'access.sign-out',
      subject: actor.accountId,
      outcome: 'done',
      detail: null,
    }
    await recordAudit(executeIn(tx), actor.areaCode, [entry], nowMs)
  })
}
