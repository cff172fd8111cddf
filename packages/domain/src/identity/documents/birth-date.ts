import type { ReadingDoubt, ReadingProblem } from '#src/identity/reading.ts'
import { isCivilDate } from '#src/places/calendar.ts'

/** Nobody is known to have lived much longer; an older one is asked about, not refused. */
const oldestYears = 120

type BirthDate =
  | { readonly ok: true; readonly bornOn: string; readonly doubts: readonly ReadingDoubt[] }
  | { readonly ok: false; readonly problem: ReadingProblem }

/**
 * A date of birth in eight digits, year first. A child born today is as usual as anybody.
 * @param today  local day, YYYY-MM-DD
 * @example readBirthDate('20200229', '2020-02-29') // { ok: true, bornOn: '2020-02-29', doubts: [] }
 * @example readBirthDate('20190229', '2020-02-29') // { ok: false, problem: 'no-such-day' }
 */
export const readBirthDate = (digits: string, today: string): BirthDate => {
  const bornOn = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  if (!/^\d{8}$/.test(digits) || !isCivilDate(bornOn)) return { ok: false, problem: 'no-such-day' }
  if (bornOn > today) return { ok: false, problem: 'not-born-yet' }
  const eldest = `${String(Number(today.slice(0, 4)) - oldestYears).padStart(4, '0')}${today.slice(4)}`
  return { ok: true, bornOn, doubts: bornOn < eldest ? ['very-old'] : [] }
}
