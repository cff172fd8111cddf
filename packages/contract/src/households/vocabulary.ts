import type { Bilingual } from '../primitives.ts'
import { communityRoles, type Role } from '../roles.ts'

/** Who tells of a household: the three at its door, and whoever brings a register. */
export const householdMakers = [...communityRoles, 'screening-clerk'] as const satisfies readonly Role[]
export type HouseholdMakerRole = (typeof householdMakers)[number]

/** What a door may be due for; other capabilities bring kinds of their own through the sources of the round. */
export const visitTasks = ['register', 'rescreen', 'survey', 'quarantine-check', 'escalated'] as const
export type VisitTask = (typeof visitTasks)[number]

export const visitTaskNames: Readonly<Record<VisitTask, Bilingual>> = {
  register: { zh: '登记', en: 'Register' },
  rescreen: { zh: '重新排查', en: 'Rescreen' },
  survey: { zh: '入户检查', en: 'House survey' },
  'quarantine-check': { zh: '居家隔离巡查', en: 'Quarantine check' },
  escalated: { zh: '排查转上门', en: 'Escalated from a list' },
}

/** Tasks that are kept with the households themselves. */
export const ownTasks = ['register', 'rescreen', 'survey'] as const satisfies readonly VisitTask[]
export type OwnTask = (typeof ownTasks)[number]

/** The three who go from door to door, each with a part in a visit. */
export const visitParts = ['health', 'street', 'police'] as const
export type VisitPart = (typeof visitParts)[number]

export const visitPartNames: Readonly<Record<VisitPart, Bilingual>> = {
  health: { zh: '卫生', en: 'Health' },
  street: { zh: '街道', en: 'Street office' },
  police: { zh: '公安', en: 'Police' },
}

export const roleOfPart = {
  health: 'community-health',
  street: 'community-street',
  police: 'community-police',
} as const satisfies Record<VisitPart, Role>

/** What became of a door where no visit could be made, or not as meant. */
export const doorOutcomes = [
  'nobody-home',
  'refused',
  'elderly-alone',
  'moved',
  'wrong-address',
  'language',
  'dog',
  'no-access',
  'asked-later',
] as const
export type DoorOutcome = (typeof doorOutcomes)[number]

export const doorOutcomeNames: Readonly<Record<DoorOutcome, Bilingual>> = {
  'nobody-home': { zh: '无人在家', en: 'Nobody home' },
  refused: { zh: '拒绝配合', en: 'Refused' },
  'elderly-alone': { zh: '独居老人', en: 'Elderly alone' },
  moved: { zh: '已搬走', en: 'Moved away' },
  'wrong-address': { zh: '地址不对', en: 'Wrong address' },
  language: { zh: '语言不通', en: 'Language' },
  dog: { zh: '有狗', en: 'Dog' },
  'no-access': { zh: '门禁进不去', en: 'No access' },
  'asked-later': { zh: '请稍后再来', en: 'Asked to come later' },
}

/** What follows an outcome. */
export const nextSteps = [
  'try-again',
  'bring-police',
  'bring-interpreter',
  'have-dog-tied',
  'ask-management',
  'come-with-family',
  'leave-notice',
  'call-by-phone',
  'find-new-address',
  'correct-address',
  'report-to-commander',
] as const
export type NextStep = (typeof nextSteps)[number]

export const nextStepNames: Readonly<Record<NextStep, Bilingual>> = {
  'try-again': { zh: '再上门', en: 'Try again' },
  'bring-police': { zh: '民警到场再上门', en: 'Come back with the police officer' },
  'bring-interpreter': { zh: '带翻译再上门', en: 'Come back with an interpreter' },
  'have-dog-tied': { zh: '联系住户拴狗后再上门', en: 'Have the dog tied, then come back' },
  'ask-management': { zh: '请物业开门后再上门', en: 'Ask the management to open, then come back' },
  'come-with-family': { zh: '联系家属陪同再上门', en: 'Come back together with family' },
  'leave-notice': { zh: '张贴告知书', en: 'Leave a notice at the door' },
  'call-by-phone': { zh: '转电话排查', en: 'Follow up by phone' },
  'find-new-address': { zh: '查明新住址', en: 'Find the new address' },
  'correct-address': { zh: '更正地址', en: 'Correct the address' },
  'report-to-commander': { zh: '上报指挥部', en: 'Report to the commander' },
}

export const relations = [
  'head',
  'spouse',
  'child',
  'parent',
  'relative',
  'lodger',
  'carer',
  'other',
] as const
export type Relation = (typeof relations)[number]

export const relationNames: Readonly<Record<Relation, Bilingual>> = {
  head: { zh: '户主', en: 'Head' },
  spouse: { zh: '配偶', en: 'Spouse' },
  child: { zh: '子女', en: 'Child' },
  parent: { zh: '父母', en: 'Parent' },
  relative: { zh: '其他亲属', en: 'Relative' },
  lodger: { zh: '租客', en: 'Lodger' },
  carer: { zh: '护工保姆', en: 'Carer' },
  other: { zh: '其他', en: 'Other' },
}

export const specialNeeds = [
  'lives-alone',
  'medicine',
  'dialysis',
  'pregnant',
  'infant',
  'disabled',
  'meals',
  'interpreter',
  'distress',
] as const
export type SpecialNeed = (typeof specialNeeds)[number]

export const specialNeedNames: Readonly<Record<SpecialNeed, Bilingual>> = {
  'lives-alone': { zh: '独居', en: 'Lives alone' },
  medicine: { zh: '需送药', en: 'Medicine' },
  dialysis: { zh: '透析', en: 'Dialysis' },
  pregnant: { zh: '孕产妇', en: 'Pregnant' },
  infant: { zh: '婴幼儿', en: 'Infant' },
  disabled: { zh: '残障', en: 'Disability' },
  meals: { zh: '需送餐', en: 'Meals' },
  interpreter: { zh: '需翻译', en: 'Interpreter' },
  distress: { zh: '情绪困扰', en: 'In distress' },
}

/** How an officer made sure who somebody is. */
export const verifiedHows = ['document-seen', 'known-in-person', 'not-verified'] as const
export type VerifiedHow = (typeof verifiedHows)[number]

export const verifiedHowNames: Readonly<Record<VerifiedHow, Bilingual>> = {
  'document-seen': { zh: '已看证件', en: 'Document seen' },
  'known-in-person': { zh: '熟识本人', en: 'Known in person' },
  'not-verified': { zh: '未核实', en: 'Not verified' },
}

export const refusalHandlings = ['none', 'persuaded', 'order-read', 'referred'] as const
export type RefusalHandling = (typeof refusalHandlings)[number]

export const refusalHandlingNames: Readonly<Record<RefusalHandling, Bilingual>> = {
  none: { zh: '没有拒绝', en: 'No refusal' },
  persuaded: { zh: '经劝说配合', en: 'Persuaded' },
  'order-read': { zh: '已宣读法律文书', en: 'Order read out' },
  referred: { zh: '移交办理', en: 'Referred' },
}

/** Where somebody went who lives here no longer. */
export const leftFor = ['same-city', 'other-city', 'abroad', 'hospital', 'died', 'unknown'] as const
export type LeftFor = (typeof leftFor)[number]

export const leftForNames: Readonly<Record<LeftFor, Bilingual>> = {
  'same-city': { zh: '本市别处', en: 'Elsewhere in the city' },
  'other-city': { zh: '外地', en: 'Another city' },
  abroad: { zh: '境外', en: 'Abroad' },
  hospital: { zh: '住院', en: 'Hospital' },
  died: { zh: '去世', en: 'Died' },
  unknown: { zh: '不详', en: 'Unknown' },
}
