import type { Bilingual } from '@guankou/contract/primitives.ts'

/**
 * Why a number cannot be one of the kind it is read as. A reading is advice to whoever types: nothing is refused by it, and
 * what a person shows is recorded as it is.
 */
export const readingProblems = [
  'empty',
  'form',
  'no-such-day',
  'not-born-yet',
  'check-digit',
  'country-code-missing',
] as const
export type ReadingProblem = (typeof readingProblems)[number]

/** What is unusual about a number that could be right: a reason to look again. */
export const readingDoubts = [
  'unknown-division',
  'unknown-state',
  'unknown-area',
  'very-old',
  'superseded',
  'expired',
  'other-kind',
] as const
export type ReadingDoubt = (typeof readingDoubts)[number]

/** What a text says when it is read by the rules of one kind of number. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value; readonly doubts: readonly ReadingDoubt[] }
  | { readonly ok: false; readonly problem: ReadingProblem }

export const fits = <Value>(value: Value, doubts: readonly ReadingDoubt[] = []): Reading<Value> => ({
  ok: true,
  value,
  doubts,
})

export const fails = (problem: ReadingProblem): { readonly ok: false; readonly problem: ReadingProblem } => ({
  ok: false,
  problem,
})

/** The problem in words, and what to do, for whoever types. */
export const problemTexts: Readonly<Record<ReadingProblem, Bilingual>> = {
  empty: { zh: '没有号码', en: 'There is no number' },
  form: {
    zh: '位数或字符不符合这种号码，请再核对一遍',
    en: 'Length or characters do not fit this kind of number; please compare again',
  },
  'no-such-day': {
    zh: '号码中的日期不存在，请再核对一遍',
    en: 'The number holds a date that does not exist; please compare again',
  },
  'not-born-yet': {
    zh: '号码中的出生日期在今天之后，请再核对一遍',
    en: 'The date of birth in the number lies ahead; please compare again',
  },
  'check-digit': { zh: '校验位不符，请再核对一遍', en: 'The check digit does not fit; please compare again' },
  'country-code-missing': { zh: '请补上国家或地区区号', en: 'Please add the country code' },
}

/** The doubt in words, and what to do, for whoever types. */
export const doubtTexts: Readonly<Record<ReadingDoubt, Bilingual>> = {
  'unknown-division': {
    zh: '前几位不是已知的区划代码，与证件一致即可',
    en: 'The first digits are no known division code; right if the document says so',
  },
  'unknown-state': {
    zh: '国家或地区代码未知，与证件一致即可',
    en: 'The code of the state is not known; right if the document says so',
  },
  'unknown-area': { zh: '区号未知，请再核对一遍', en: 'The area code is not known; please compare again' },
  'very-old': {
    zh: '按号码年龄超过 120 岁，请再核对一遍',
    en: 'Over 120 years old by the number; please compare again',
  },
  superseded: {
    zh: '旧式号码，现已停用；有新证用新证，没有也可以照填',
    en: 'An old form of number; use the new document if there is one, else this one',
  },
  expired: { zh: '证件已过期，仍可登记', en: 'The document has expired; it can still be recorded' },
  'other-kind': {
    zh: '看起来是另一种证件的号码，请核对证件类型',
    en: 'Looks like the number of another kind of document; please check the kind',
  },
}
