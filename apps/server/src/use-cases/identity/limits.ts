import type { LookUpLimits } from '@guankou/contract/identity/look-up.ts'
import { lookUpLimits, passageLimits } from '@guankou/contract/identity/purposes.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { type Counted, readCountedTimes } from '@guankou/db/queries/identity-access/look-ups.ts'
import { type Allowance, allowanceOf } from '@guankou/domain/identity/allowance.ts'

const msPerDay = 86_400_000

const rules = {
  'look-ups': { perMinute: lookUpLimits.lookUpsPerMinute, perDay: lookUpLimits.lookUpsPerDay },
  passages: passageLimits,
  unmasks: { perMinute: lookUpLimits.unmasksPerMinute, perDay: lookUpLimits.unmasksPerDay },
} as const

/** What an account may still do of one kind. The counts are rows, so that a restart forgives nothing. */
export const readAllowance = async (
  transaction: AreaTransaction,
  counted: Counted,
  accountId: string,
  nowMs: number,
): Promise<Allowance> => {
  const rule = rules[counted]
  const times = await readCountedTimes(transaction, counted, {
    accountId,
    since: new Date(nowMs - msPerDay),
    most: rule.perDay,
  })
  return allowanceOf(rule, times, nowMs)
}

/** What is left of both kinds. */
export const readLimits = async (
  transaction: AreaTransaction,
  accountId: string,
  nowMs: number,
): Promise<LookUpLimits> => {
  const lookUps = await readAllowance(transaction, 'look-ups', accountId, nowMs)
  const unmasks = await readAllowance(transaction, 'unmasks', accountId, nowMs)
  return {
    lookUpsLeftThisMinute: lookUps.leftThisMinute,
    lookUpsLeftToday: lookUps.leftToday,
    unmasksLeftThisMinute: unmasks.leftThisMinute,
    unmasksLeftToday: unmasks.leftToday,
  }
}
