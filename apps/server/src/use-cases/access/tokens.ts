import { createHash, randomBytes } from 'node:crypto'

const apiKeyPrefix = 'gk_'

/** A bearer token of 256 random bits; shown once, kept only as its digest. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The token of a service's key: its prefix tells it from a session, and a leaked one from any other text. */
export const newApiKey = (): string => apiKeyPrefix + newToken()

/** Whether a token is that of a key; the token of a session is 43 characters long and a key's 46. */
export const isApiKey = (token: string): boolean => token.length === 46 && token.startsWith(apiKeyPrefix)

/** What is kept of a token. The token is random and long, so a plain hash cannot be searched. */
export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest()
