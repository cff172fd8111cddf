import type { SessionView } from '@guankou/contract/access/session.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  type Account,
  insertSession,
  insertSignInLink,
  revokeSession,
  spendSignInLink,
} from '@guankou/db/queries/access/accounts.ts'
import { enrolDevice } from '@guankou/db/queries/access/devices.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { newToken, tokenDigest } from '#src/use-cases/access/tokens.ts'

const linkValidMs = 24 * 3_600_000
const sessionValidMs = 12 * 3_600_000
/** A phone must outlast a shift without a network, and hand its records over afterwards. */
const deviceSessionValidMs = 7 * 24 * 3_600_000

/** Makes a one-time link for an account. @returns the token, which is not kept */
export const issueSignInLink = async (
  db: Database,
  account: Account,
  nowMs: number,
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
      accountId: null,
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

export type SignedIn = { readonly token: string; readonly expiresAtMs: number; readonly view: SessionView }

type Device = { readonly id: string; readonly label: string }

class DeviceRevoked extends Error {}

/** Spends a one-time link and opens a session, enrolling the device where one is named. */
export const signInWithLink = async (
  { db, now }: ServerContext,
  token: string,
  device: Device | undefined,
): Promise<Result<SignedIn>> => {
  const nowMs = now()
  const expiresAtMs = nowMs + (device === undefined ? sessionValidMs : deviceSessionValidMs)
  const sessionToken = newToken()
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
        if (enrolled === 'revoked') throw new DeviceRevoked()
      }
      await insertSession(tx, {
        tokenDigest: tokenDigest(sessionToken),
        accountId: account.id,
        deviceId: device?.id ?? null,
        createdAt: new Date(nowMs),
        expiresAt: new Date(expiresAtMs),
      })
      const entry = {
        accountId: account.id,
        deviceId: device?.id ?? null,
        action: 'access.sign-in',
        subject: account.id,
        outcome: 'done',
        detail: null,
      }
      await recordAudit(executeIn(tx), account.areaCode, [entry], nowMs)
      const view = viewOf({ ...account, accountId: account.id, deviceId: device?.id ?? null }, expiresAtMs)
      return done({ token: sessionToken, expiresAtMs, view })
    })
  } catch (error) {
    if (error instanceof DeviceRevoked) return refused('DEVICE_REVOKED')
    throw error
  }
}

/** A session as the fronts see it. */
export const viewOf = (
  actor: Pick<Actor, 'accountId' | 'name' | 'role' | 'areaCode' | 'crew' | 'deviceId'>,
  expiresAtMs: number,
): SessionView => ({
  accountId: actor.accountId,
  name: actor.name,
  role: actor.role,
  areaCode: actor.areaCode,
  crew: actor.crew,
  deviceId: actor.deviceId,
  expiresAt: new Date(expiresAtMs).toISOString(),
})

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
