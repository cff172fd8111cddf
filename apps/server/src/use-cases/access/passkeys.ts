import type { PasskeyAttestation, PasskeyView } from '@guankou/contract/access/passkeys.ts'
import { findAccountById } from '@guankou/db/queries/access/accounts.ts'
import { readFactorsOf } from '@guankou/db/queries/access/credentials.ts'
import { deletePasskeys, insertPasskey, readPasskeysOf } from '@guankou/db/queries/access/passkeys.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import { newChallenge, passkeySite, verifyAttestation } from '#src/sign-in/passkeys.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { completeSignIn } from '#src/use-cases/access/complete-sign-in.ts'
import type { SignedIn } from '#src/use-cases/access/open-session.ts'
import { toPasskeyView } from '#src/use-cases/access/own-account.ts'

/** EdDSA, ES256 and RS256 (RFC 9053, RFC 8812), in the order we like them. */
const algorithms = [-8, -7, -257]

/** A challenge to sign in with, or to prove a factor. */
export const startPasskeySignIn = async (
  { db, now, access }: ServerContext,
  client: CallingClient,
): Promise<Result<{ challenge: string; rpId: string; timeout: number; userVerification: 'required' }>> => {
  const site = passkeySite(access.settings, client)
  if (site === undefined) return refused('PASSKEYS_NOT_CONFIGURED')
  const challenge = await newChallenge({ db, now }, site, null)
  return done({ ...challenge, rpId: site.id, userVerification: 'required' })
}

/** What a browser makes a new passkey from. */
export const startPasskey = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  client: CallingClient,
) => {
  const site = passkeySite(access.settings, client)
  if (site === undefined) return refused('PASSKEYS_NOT_CONFIGURED')
  const account = await findAccountById(db.query, actor.accountId)
  if (account === undefined) return refused('NOT_SIGNED_IN')
  const known = await readPasskeysOf(db.query, account.id)
  return done({
    ...(await newChallenge({ db, now }, site, account.id)),
    rp: { id: site.id, label: '关口 Guankou' },
    user: {
      id: Buffer.from(account.id.replaceAll('-', ''), 'hex').toString('base64url'),
      login: account.login,
      displayText: account.name.zh,
    },
    algorithms,
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      type: 'public-key' as const,
      transports: [...transports],
    })),
  })
}

type Added = { readonly passkey: PasskeyView; readonly session: SignedIn | undefined }

/** Keeps a new passkey; making it proved it, so the session lacks nothing any more. */
export const addPasskey = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  made: { readonly label: string; readonly attestation: PasskeyAttestation },
  client: CallingClient,
): Promise<Result<Added>> => {
  const site = passkeySite(access.settings, client)
  if (site === undefined) return refused('PASSKEYS_NOT_CONFIGURED')
  const { accountId } = actor
  const verified = await verifyAttestation({ db, now }, site, accountId, made.attestation)
  if (verified === undefined) return refused('PASSKEY_NOT_ACCEPTED')
  const createdAt = new Date(now())
  const passkey = { ...verified, id: v7(), accountId, label: made.label, createdAt, lastUsedAt: null }
  const added = await db.query.transaction().execute(async (tx) => {
    if (!(await insertPasskey(tx, passkey))) return undefined
    await auditAccess(tx, actor, { action: 'access.add-passkey', subject: accountId }, now())
    return { passkey: toPasskeyView(passkey), session: await completeSignIn(tx, actor, now()) }
  })
  access.sessions.forgetAccount(accountId)
  return added === undefined ? refused('PASSKEY_NOT_ACCEPTED') : done(added)
}

/** Forgets a passkey, unless the role would be left without a second factor. */
export const removePasskey = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  passkeyId: string,
): Promise<Result<{ readonly removed: true }>> => {
  const { accountId, role } = actor
  const { passkeys, totp } = await readFactorsOf(db.query, accountId)
  if (access.policy.needsSecondFactor(role) && passkeys === 1 && !totp) return refused('LAST_SECOND_FACTOR')
  const removed = await db.query.transaction().execute(async (tx) => {
    if ((await deletePasskeys(tx, accountId, passkeyId)) === 0) return false
    await auditAccess(tx, actor, { action: 'access.remove-passkey', subject: accountId }, now())
    return true
  })
  return removed ? done({ removed: true }) : refused('NO_SUCH_PASSKEY')
}
