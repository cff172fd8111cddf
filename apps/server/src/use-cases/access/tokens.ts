import { createHash, randomBytes } from 'node:crypto'

/** A bearer token of 256 random bits; shown once, kept only as its digest. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token. The token is random and long, so a plain hash cannot be searched. */
export const tokenDigest = (token: string): Buffer => createHash('sha256').update(token).digest()
