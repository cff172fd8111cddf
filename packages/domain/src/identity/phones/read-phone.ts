import { digitOf } from '#src/identity/look-alikes.ts'
import { normalisePhone } from '#src/identity/normalise.ts'
import { countryCodeOf } from '#src/identity/phones/country-codes.ts'
import { fails, fits, type Reading } from '#src/identity/reading.ts'

export type PhoneForm = 'mainland-mobile' | 'mainland-fixed' | 'hong-kong' | 'macao' | 'taiwan' | 'elsewhere'

export type PhoneValue = {
  readonly form: PhoneForm
  /** In the form that is stored: a mainland mobile number without its country code. */
  readonly phone: string
  /** ITU-T E.164, with the plus sign. */
  readonly international: string
  /** Whether a text message reaches it; null where the numbering plan is not known here. */
  readonly isMobile: boolean | null
}

type Plan = {
  readonly code: string
  readonly form: PhoneForm
  readonly mobile: RegExp
  readonly fixed: RegExp
}

/**
 * Only what tells a number with a wrong length or beginning; no table of blocks, which change by the month.
 * Source: MIIT, numbering plan of the telecommunication network (2017); OFCA, numbering plan of Hong Kong; CTT, national
 * numbering plan of Macao; NCC, numbering plan of Taiwan; as filed with ITU-T E.164.
 */
const plans: readonly Plan[] = [
  {
    code: '86',
    form: 'mainland-mobile',
    mobile: /^1[3-9]\d{9}$/,
    fixed: /^(?:10\d{8}|2\d{9}|[3-9]\d{2}[1-9]\d{6,7})$/,
  },
  { code: '852', form: 'hong-kong', mobile: /^[4-79]\d{7}$/, fixed: /^[238]\d{7}$/ },
  { code: '853', form: 'macao', mobile: /^6\d{7}$/, fixed: /^(?:28|8\d)\d{6}$/ },
  { code: '886', form: 'taiwan', mobile: /^9\d{8}$/, fixed: /^[2-8]\d{7,8}$/ },
]

/** Area code 026 was set aside and is in no service. */
const isUnusedArea = (national: string): boolean => national.startsWith('26')

const readByPlan = (plan: Plan, national: string): Reading<PhoneValue> => {
  const isMobile = plan.mobile.test(national)
  if (!isMobile && !plan.fixed.test(national)) return fails('form')
  const international = `+${plan.code}${national}`
  const isMainland = plan.code === '86'
  const form = isMainland && !isMobile ? 'mainland-fixed' : plan.form
  const phone = isMainland && isMobile ? national : international
  const unknown = form === 'mainland-fixed' && isUnusedArea(national)
  return fits({ form, phone, international, isMobile }, unknown ? ['unknown-area'] : [])
}

const readInternational = (digits: string): Reading<PhoneValue> => {
  const plan = plans.find(({ code }) => digits.startsWith(code))
  // Many write the 0 that is dialled inside the country behind the country code as well.
  if (plan !== undefined) return readByPlan(plan, digits.slice(plan.code.length).replace(/^0/, ''))
  if (!/^[1-9]\d{6,14}$/.test(digits)) return fails('form')
  const international = `+${digits}`
  const value = { form: 'elsewhere', phone: international, international, isMobile: null } as const
  return fits(value, countryCodeOf(digits) === undefined ? ['unknown-state'] : [])
}

const mainlandFixed = (bare: string): Reading<PhoneValue> => {
  const [plan] = plans
  const reading =
    plan === undefined || !bare.startsWith('0') ? fails('form') : readByPlan(plan, bare.slice(1))
  if (!reading.ok || reading.value.form !== 'mainland-fixed') return fails('form')
  return fits({ ...reading.value, phone: bare }, reading.doubts)
}

/**
 * A phone number: of the mainland as it is said there, of anywhere else with its country code. Eight digits are a number of
 * Hong Kong or of Macao and ten from 09 one of Taiwan; which is not guessed (see `offerCountryCodes`).
 * @param typed  as written; separators, width, 00 for + do not matter
 * @example readPhone('+86 138-1234-5678').value.phone // '13812345678'
 * @example readPhone('+853 6612 3456').value.form // 'macao'
 * @example readPhone('6612 3456') // { ok: false, problem: 'country-code-missing' }
 */
export const readPhone = (typed: string): Reading<PhoneValue> => {
  const bare = normalisePhone(typed)
  if (bare === '') return fails('empty')
  if (bare.startsWith('+')) return readInternational(bare.slice(1))
  if (/^1[3-9]\d{9}$/.test(bare)) return readInternational(`86${bare}`)
  const fixed = mainlandFixed(bare)
  if (fixed.ok) return fixed
  return /^(?:[2-9]\d{7}|09\d{8})$/.test(bare) ? fails('country-code-missing') : fixed
}

/**
 * What a local number of Hong Kong, Macao or Taiwan would be with its country code; the bearer says which.
 * @example offerCountryCodes('66123456').map(({ phone }) => phone) // ['+85266123456', '+85366123456']
 */
export const offerCountryCodes = (typed: string): readonly PhoneValue[] => {
  const bare = normalisePhone(typed)
  const reading = readPhone(typed)
  if (reading.ok || reading.problem !== 'country-code-missing') return []
  const wanted = bare.startsWith('0') ? ['886'] : ['852', '853']
  return wanted.flatMap((code) => {
    const offered = readInternational(code + bare)
    return offered.ok ? [offered.value] : []
  })
}

/**
 * The number that may have been meant where letters stand for the digits they look like; undefined where the number fits
 * as it is or no digit was mistaken.
 * @example offerPhoneRepair('I38I2345678').phone // '13812345678'
 */
export const offerPhoneRepair = (typed: string): PhoneValue | undefined => {
  const folded = [...typed.normalize('NFKC').toUpperCase()].map(digitOf).join('')
  if (normalisePhone(folded) === normalisePhone(typed)) return undefined
  const reading = readPhone(folded)
  return reading.ok ? reading.value : undefined
}
