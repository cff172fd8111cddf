import type { TravelDocument } from '@guankou/contract/screening/record-screening.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import { syntheticIdentityNumber } from '#src/people/identity-number.ts'
import { below, happens, pick, type Random, uniform } from '#src/random/stream.ts'

const hongKong = 810000
const macao = 820000
const taiwan = 710000

const digits = (random: Random, count: number): string =>
  String(below(random, 10 ** count)).padStart(count, '0')

/** Ages in years: about one in eight a child, one in seven over sixty. */
const drawAge = (random: Random): number => {
  const group = uniform(random)
  if (group < 0.12) return below(random, 18)
  return group < 0.86 ? 18 + below(random, 43) : 61 + below(random, 30)
}

/** Whether people at home there have a resident identity card. */
const isMainland = (code: number): boolean => {
  const origin = findOrigin(code)
  return origin !== undefined && origin.kind !== 'region' && origin.kind !== 'country'
}

const mainlandCodes = new Map<number, boolean>()
const isMainlandCode = (code: number): boolean => {
  const known = mainlandCodes.get(code)
  if (known !== undefined) return known
  const answer = isMainland(code)
  mainlandCodes.set(code, answer)
  return answer
}

/**
 * A document such as somebody at home in this origin would show. Numbers that are not identity numbers begin with `TEST`,
 * which no permit or passport does.
 */
export const drawDocument = (homeCode: number, random: Random): TravelDocument => {
  const kind = uniform(random)
  if (kind < 0.015) return { kind: 'none' }
  if (kind < 0.025) return { kind: 'other', number: `TEST${digits(random, 6)}` }
  if (isMainlandCode(homeCode))
    return { kind: 'resident-id', number: syntheticIdentityNumber(homeCode, drawAge(random), random) }
  if (homeCode === hongKong || homeCode === macao)
    return {
      kind: 'hk-macao-permit',
      number: `TEST${homeCode === macao ? 'M' : 'H'}${digits(random, 8)}`,
    }
  if (homeCode === taiwan) return { kind: 'taiwan-permit', number: `TEST${digits(random, 8)}` }
  return { kind: 'passport', number: `TEST${pick(random, 'BCDEFGHJK'.split(''))}${digits(random, 7)}` }
}

/** A name that nobody bears: “test traveller” and a number. */
export const drawName = (homeCode: number, random: Random): string =>
  homeCode > 900_000 ? `Test Traveller ${digits(random, 5)}` : `测试旅客${digits(random, 5)}`

/**
 * A telephone number that reaches nobody: area code 026 of the mainland's numbering plan, which was set aside and is not in
 * service (so the plan is commonly described; no authority keeps a range for fiction, as some countries do). Mobile-like
 * numbers beginning with 10, 11 or 12 were passed over: their first digits reach hotlines and emergency services.
 */
export const drawPhone = (random: Random): string => `+86 26 ${digits(random, 4)} ${digits(random, 4)}`

/** Whether a traveller gives a telephone number. */
export const givesPhone = (random: Random): boolean => happens(random, 0.85)
