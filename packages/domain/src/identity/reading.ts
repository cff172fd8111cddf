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

/** The problem in words, for whoever types. */
export const problemTexts: Readonly<Record<ReadingProblem, Bilingual>> = {
  empty: { zh: '没有号码', en: 'There is no number' },
  form: { zh: '位数或字符不符合这种号码', en: 'Length or characters do not fit this kind of number' },
  'no-such-day': { zh: '号码中的日期不存在', en: 'The number holds a date that does not exist' },
  'not-born-yet': { zh: '号码中的出生日期在今天之后', en: 'The date of birth in the number lies ahead' },
  'check-digit': { zh: '校验位不符，请再核对一遍', en: 'The check digit does not fit; please compare again' },
  'country-code-missing': { zh: '请补上国家或地区区号', en: 'Please add the country code' },
}

/** The doubt in words, for whoever types. */
export const doubtTexts: Readonly<Record<ReadingDoubt, Bilingual>> = {
  'unknown-division': { zh: '前几位不是已知的区划代码', en: 'The first digits are no known division code' },
  'unknown-state': { zh: '国家或地区代码未知', en: 'The code of the state is not known' },
  'unknown-area': { zh: '区号未知', en: 'The area code is not known' },
  'very-old': { zh: '按号码年龄超过 120 岁', en: 'Over 120 years old by the number' },
  superseded: { zh: '旧式号码，现已停用', en: 'A form of number that has been replaced' },
  expired: { zh: '证件已过期', en: 'The document has expired' },
  'other-kind': { zh: '看起来是另一种证件的号码', en: 'Looks like the number of another kind of document' },
}
