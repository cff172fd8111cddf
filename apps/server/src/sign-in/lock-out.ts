import { createHmac } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import {
  type AttemptKey,
  clearAttempts,
  countAttempt,
  readLockedUntil,
  uncountAttempt,
} from '@guankou/db/queries/access/sign-in-attempts.ts'
import type { Logger } from 'pino'
import { deriveKey } from '#src/identity/master-key.ts'

const second = 1_000
const minute = 60 * second

/** How many failures in a row are let pass, and what comes then. */
const rules = {
  login: { failures: 5, firstLockMs: minute, longestLockMs: 60 * minute, forgottenMs: 24 * 60 * minute },
  // Many people may sit behind one address.
  address: { failures: 20, firstLockMs: minute, longestLockMs: 15 * minute, forgottenMs: 60 * minute },
} as const

export type Tried =
  | { readonly is: 'passed' }
  | { readonly is: 'failed' }
  /** Locked before, or by this very failure. */
  | { readonly is: 'locked'; readonly seconds: number }

export type LockOut = {
  /**
   * Lets a secret be tried for a login from an address, and counts. A try is counted as failed before it is made, so
   * that any number of tries at once get no further than one after the other.
   * @param check  whether the secret is right
   */
  readonly attempt: (login: string, address: string, check: () => Promise<boolean>) => Promise<Tried>
  /** Lets a login try again at once. @returns whether it was locked */
  readonly unlock: (login: string) => Promise<boolean>
  /** Under which digest the failures of a login are counted. */
  readonly loginDigest: (login: string) => Buffer
}

type Parts = {
  readonly db: Database
  readonly rootKey: Buffer
  readonly now: () => number
  readonly log: Logger
}

/** Counts failures by login and by address and locks what fails too often, each time for twice as long. */
export const createLockOut = ({ db, rootKey, now, log }: Parts): LockOut => {
  const key = deriveKey(rootKey, 'sign-in-attempts')
  const keyOf = (kind: AttemptKey['kind'], text: string): AttemptKey => ({
    kind,
    digest: createHmac('sha256', key).update(`${kind}|${text}`).digest().subarray(0, 16),
  })
  const ofLogin = (login: string): AttemptKey => keyOf('login', login.trim().toLowerCase())
  /** @returns seconds that it stays locked, where it is; undefined where the try may go on */
  const count = async (attempt: AttemptKey): Promise<number | undefined> => {
    const nowMs = now()
    const rule = rules[attempt.kind]
    const counted = await countAttempt(db.query, attempt, { ...rule, nowMs })
    if (counted) return undefined
    const untilMs = (await readLockedUntil(db.query, attempt)) ?? nowMs
    return Math.max(1, Math.ceil((untilMs - nowMs) / second))
  }
  const lockedBy = async (attempts: readonly AttemptKey[]): Promise<Tried> => {
    const ends = await Promise.all(attempts.map((attempt) => readLockedUntil(db.query, attempt)))
    const wait = Math.max(...ends.map((untilMs) => (untilMs ?? 0) - now()))
    return wait > 0 ? { is: 'locked', seconds: Math.ceil(wait / second) } : { is: 'failed' }
  }
  return {
    loginDigest: (login) => ofLogin(login).digest,
    unlock: (login) => clearAttempts(db.query, ofLogin(login), new Date(now())),
    attempt: async (login, address, check) => {
      const [byLogin, byAddress] = [ofLogin(login), keyOf('address', address)]
      const addressLocked = await count(byAddress)
      if (addressLocked !== undefined) return { is: 'locked', seconds: addressLocked }
      const loginLocked = await count(byLogin)
      if (loginLocked !== undefined) return { is: 'locked', seconds: loginLocked }
      const passed = await check().catch(async (error: unknown) => {
        // Nobody was wrong: the try was not made.
        await Promise.all([uncountAttempt(db.query, byLogin), uncountAttempt(db.query, byAddress)])
        throw error
      })
      if (passed) {
        await Promise.all([
          clearAttempts(db.query, byLogin, new Date(now())),
          uncountAttempt(db.query, byAddress),
        ])
        return { is: 'passed' }
      }
      const tried = await lockedBy([byLogin, byAddress])
      if (tried.is === 'locked') log.warn({ seconds: tried.seconds }, 'sign-in locked after failures')
      return tried
    },
  }
}
