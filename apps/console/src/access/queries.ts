import { listOwnSessions, readOwnAccount } from '@guankou/contract/access/own-account.ts'
import { startPasskeySignIn } from '@guankou/contract/access/passkeys.ts'
import { type FactorProof, proveFactor, readSignInWays } from '@guankou/contract/access/sign-in.ts'
import { queryOptions } from '@tanstack/react-query'
import { signWithPasskey } from '#src/access/webauthn.ts'
import { client, orThrow } from '#src/api/client.ts'

export const waysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: async () => orThrow(await client.call(readSignInWays, {})),
})

export const ownAccountKey = ['own-account'] as const

export const ownAccountQuery = queryOptions({
  queryKey: [...ownAccountKey, 'account'],
  queryFn: async () => orThrow(await client.call(readOwnAccount, {})),
})

export const ownSessionsQuery = queryOptions({
  queryKey: [...ownAccountKey, 'sessions'],
  queryFn: async () => orThrow(await client.call(listOwnSessions, {})),
})

/** Asks for a challenge and lets a passkey sign it. */
export const askPasskey = async () =>
  signWithPasskey(orThrow(await client.call(startPasskeySignIn, { body: {} })))

/** Proves a factor in this session. @returns the session as it is now */
export const prove = async (proof: FactorProof) =>
  orThrow(await client.call(proveFactor, { body: { proof } }))
