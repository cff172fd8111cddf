import type { PasskeyAssertion, PasskeyAttestation } from '@guankou/contract/access/passkeys.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  findPasskey,
  insertPasskeyChallenge,
  type Passkey,
  spendPasskeyChallenge,
} from '@guankou/db/queries/access/passkeys.ts'
import type { CallingClient } from '#src/endpoint.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'

const challengeValidMs = 5 * 60_000

/** Where passkeys are good: the host they are bound to and the origin that browsers report. */
export type PasskeySite = { readonly id: string; readonly origin: string }

/**
 * The site of this installation. Without a configured origin passkeys work on this very machine only, because the host
 * that a request names is the sender's to choose.
 */
export const passkeySite = (
  { publicOrigin }: Pick<SignInSettings, 'publicOrigin'>,
  client: Pick<CallingClient, 'origin'>,
): PasskeySite | undefined => {
  const origin = publicOrigin ?? client.origin
  if (!URL.canParse(origin)) return undefined
  const { hostname } = new URL(origin)
  if (publicOrigin === undefined && hostname !== 'localhost') return undefined
  return { id: hostname, origin }
}

type Parts = { readonly db: Database; readonly now: () => number }

/** A challenge for a browser, good once. @param accountId  null where it is not known who signs in */
export const newChallenge = async (
  { db, now }: Parts,
  site: PasskeySite,
  accountId: string | null,
): Promise<{ readonly challenge: string; readonly timeout: number }> => {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const { challenge } = await generateAuthenticationOptions({ rpID: site.id })
  const expiresAt = new Date(now() + challengeValidMs)
  await insertPasskeyChallenge(db.query, { challenge, accountId, expiresAt, now: new Date(now()) })
  return { challenge, timeout: challengeValidMs }
}

const spender =
  ({ db, now }: Parts, accountId: string | null) =>
  async (challenge: string): Promise<boolean> => {
    const spent = await spendPasskeyChallenge(db.query, challenge, new Date(now()))
    return spent !== undefined && spent.accountId === accountId
  }

/** What an authenticator sent may be no such thing at all; the library says so by throwing. */
const orUndefined = async <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof Error && !('code' in error)) return undefined
    throw error
  })

export type Asserted = { readonly passkey: Passkey; readonly counter: number }

/** Whose passkey signed a challenge of ours, with its user verified. @returns undefined where it did not */
export const verifyAssertion = async (
  parts: Parts,
  site: PasskeySite,
  assertion: PasskeyAssertion,
): Promise<Asserted | undefined> => {
  const passkey = await findPasskey(parts.db.query, assertion.id)
  if (passkey === undefined) return undefined
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { userHandle, ...response } = assertion.response
  const verified = await orUndefined(
    verifyAuthenticationResponse({
      response: { ...assertion, response: { ...response, ...(userHandle && { userHandle }) } },
      expectedChallenge: spender(parts, null),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    }),
  )
  if (verified?.verified !== true) return undefined
  return { passkey, counter: verified.authenticationInfo.newCounter }
}

/** The passkey that a browser made for an account. @returns undefined where it was not made from our challenge */
export const verifyAttestation = async (
  parts: Parts,
  site: PasskeySite,
  accountId: string,
  attestation: PasskeyAttestation,
): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports'> | undefined> => {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { clientDataJSON, attestationObject } = attestation.response
  const verified = await orUndefined(
    verifyRegistrationResponse({
      response: { ...attestation, response: { clientDataJSON, attestationObject } },
      expectedChallenge: spender(parts, accountId),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
    }),
  )
  if (verified?.verified !== true) return undefined
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey),
    counter,
    transports: attestation.response.transports ?? [],
  }
}
