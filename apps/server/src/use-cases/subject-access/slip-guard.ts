import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import {
  clearSlipAttempts,
  countSlipAttempt,
  readSlipAttempt,
  type SlipAttemptKey,
  uncountSlipAttempt,
} from '@guankou/db/queries/subject-access/attempts.ts'
import type { SlipCode } from '@guankou/domain/subject-access/slip-code.ts'
import { deriveKey } from '#src/identity/master-key.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** How many wrong tries in a row are let pass, and what comes then. */
export const slipRules = {
  code: { failures: 5, firstPauseMs: minute, longestPauseMs: 60 * minute, forgottenMs: day },
  // Many people may sit behind one address.
  address: { failures: 20, firstPauseMs: minute, longestPauseMs: 15 * minute, forgottenMs: 60 * minute },
  desk: { failures: 10, firstPauseMs: 5 * minute, longestPauseMs: 60 * minute, forgottenMs: day },
} as const

/** After so many wrong tries in all a code opens nothing online until a desk has checked. */
export const mostWrongTries = 15

export type SlipTried =
  | { readonly is: 'passed' }
  | { readonly is: 'failed' }
  | { readonly is: 'paused'; readonly seconds: number }
  | { readonly is: 'closed' }

export type SlipGuard = {
  /**
   * Lets a code be tried from an address. Every try is counted as wrong before it is made. Counted by the code without its
   * seat, so that whoever sat in the same coach gets no further by trying the seats one after the other.
   */
  readonly attempt: (code: SlipCode, address: string, check: () => Promise<boolean>) => Promise<SlipTried>
  /** The same for an account at a desk, which no closed code stops; what goes well makes the code work again. */
  readonly attemptAtDesk: (
    code: SlipCode,
    accountId: string,
    check: () => Promise<boolean>,
  ) => Promise<SlipTried>
  /** Whether two texts are the same, in a time that tells nothing of how far they are. */
  readonly isSame: (a: string, b: string) => boolean
}

type Parts = { readonly db: Database; readonly rootKey: Buffer; readonly now: () => number }

/** Counts wrong tries by code, by address and by account, pauses longer each time, and closes a code in the end. */
export const createSlipGuard = ({ db, rootKey, now }: Parts): SlipGuard => {
  const key = deriveKey(rootKey, 'slip-attempts')
  const compareKey = randomBytes(32)
  const keyOf = (kind: SlipAttemptKey['kind'], text: string): SlipAttemptKey => ({
    kind,
    digest: createHmac('sha256', key).update(`${kind}|${text}`).digest().subarray(0, 16),
  })
  const ofCode = ({ dayRemainder, randomBits }: SlipCode) => keyOf('code', `${dayRemainder}|${randomBits}`)
  const isClosed = (counted: { readonly wrongTotal: number } | undefined): boolean =>
    counted !== undefined && counted.wrongTotal > mostWrongTries

  /** @returns undefined where the try may go on */
  const count = async (attempt: SlipAttemptKey): Promise<SlipTried | undefined> => {
    const nowMs = now()
    const counted = await countSlipAttempt(db.query, attempt, { ...slipRules[attempt.kind], nowMs })
    const stands = counted ?? (await readSlipAttempt(db.query, attempt))
    if (attempt.kind === 'code' && isClosed(stands)) return { is: 'closed' }
    if (counted !== undefined) return undefined
    const untilMs = stands?.lockedUntilMs ?? nowMs
    return { is: 'paused', seconds: Math.max(1, Math.ceil((untilMs - nowMs) / 1_000)) }
  }
  const run = async (
    counters: readonly SlipAttemptKey[],
    code: SlipAttemptKey,
    check: () => Promise<boolean>,
  ): Promise<SlipTried> => {
    for (const counter of counters) {
      const stopped = await count(counter)
      if (stopped !== undefined) return stopped
    }
    const takeBack = () => Promise.all(counters.map((counter) => uncountSlipAttempt(db.query, counter)))
    const passed = await check().catch(async (error: unknown) => {
      // Nobody was wrong: the try was not made.
      await takeBack()
      throw error
    })
    if (!passed) return { is: 'failed' }
    await takeBack()
    await clearSlipAttempts(db.query, code)
    return { is: 'passed' }
  }
  const compared = (text: string): Buffer => createHmac('sha256', compareKey).update(text).digest()
  return {
    attempt: (code, address, check) => run([keyOf('address', address), ofCode(code)], ofCode(code), check),
    attemptAtDesk: (code, accountId, check) => run([keyOf('desk', accountId)], ofCode(code), check),
    isSame: (a, b) => timingSafeEqual(compared(a), compared(b)),
  }
}
