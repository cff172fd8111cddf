import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** Whose phones compare; only they get the keys. */
export const matchingRoles = ['inspector', 'post-lead'] as const satisfies readonly Role[]

/**
 * Why a person or a vehicle stands on a list: a closed list of health reasons. There is no word for anything else that
 * somebody may be looked for.
 */
export const matchReasons = [
  'quarantine-order',
  'contact-of-case',
  'to-be-reached',
  'arrived-from-area',
  'other-city',
] as const
export type MatchReason = (typeof matchReasons)[number]

export const matchReasonNames: Readonly<Record<MatchReason, Bilingual>> = {
  'quarantine-order': { zh: '隔离令在身', en: 'Quarantine order' },
  'contact-of-case': { zh: '病例接触者', en: 'Contact of a case' },
  'to-be-reached': { zh: '待联系对象', en: 'To be reached' },
  'arrived-from-area': { zh: '疫区抵达名单', en: 'Arrived from an affected area' },
  'other-city': { zh: '外市协查', en: 'Asked for by another city' },
}

/** What an inspector asks; the answer decides nothing by itself. */
export const matchQuestions: Readonly<Record<MatchReason, Bilingual>> = {
  'quarantine-order': {
    zh: '请问是否正在隔离期？请出示通知书，并联系带班领导。',
    en: 'Ask whether they are under a quarantine order, see the paper, and call the post lead.',
  },
  'contact-of-case': {
    zh: '请问近日是否接触过病例？请联系疾控，不要让其自行离开。',
    en: 'Ask about contact with a case, and call the health office before they go on.',
  },
  'to-be-reached': {
    zh: '卫生部门正在联系此人，请当面告知并核对电话。',
    en: 'The health office is trying to reach them: say so, and check the phone number.',
  },
  'arrived-from-area': {
    zh: '请问过去十四天到过哪里？请如实登记旅居史。',
    en: 'Ask where they were in the past fourteen days, and record it.',
  },
  'other-city': {
    zh: '外市请求协助核实，请联系带班领导。',
    en: 'Another city asks for help with them: call the post lead.',
  },
}
