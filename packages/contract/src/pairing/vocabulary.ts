import type { Bilingual } from '../primitives.ts'
import { communityRoles, type Role } from '../roles.ts'

/** Who may be at the door or the lane, and who at the desk. */
export const pairingFieldRoles = [
  'inspector',
  'post-lead',
  ...communityRoles,
] as const satisfies readonly Role[]
export const pairingDeskRoles = ['desk-partner'] as const satisfies readonly Role[]

export const pairingSides = ['field', 'desk'] as const
export type PairingSide = (typeof pairingSides)[number]

/** A code that nobody used in this time is worth nothing. */
export const codeMinutes = 10
/** A pairing in which nobody said anything for so long has ended. */
export const idleMinutes = 20
/** No pairing outlasts a shift. */
export const longestHours = 8

export const pairingStates = ['waiting', 'running', 'ended'] as const
export type PairingState = (typeof pairingStates)[number]

/** What the one at the door can ask. Each has a look-up that is prepared at the desk. */
export const askedKinds = ['history', 'vehicle', 'orders', 'household', 'other'] as const
export type AskedKind = (typeof askedKinds)[number]

export const askedKindNames: Readonly<Record<AskedKind, Bilingual>> = {
  history: { zh: '以往查验记录', en: 'Earlier screenings' },
  vehicle: { zh: '车辆通行记录', en: 'Passages of the vehicle' },
  orders: { zh: '是否在隔离或有其他决定', en: 'Orders in force, such as quarantine' },
  household: { zh: '住址登记了哪些住户', en: 'Households at the address' },
  other: { zh: '其他', en: 'Something else' },
}

/** What can be said of a subject. */
export const subjectKinds = [
  'plate',
  'phone',
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'other',
  'address',
] as const
export type SubjectKind = (typeof subjectKinds)[number]

export const subjectKindNames: Readonly<Record<SubjectKind, Bilingual>> = {
  plate: { zh: '车牌', en: 'Plate' },
  phone: { zh: '电话', en: 'Phone' },
  'resident-id': { zh: '身份证', en: 'Identity card' },
  passport: { zh: '护照', en: 'Passport' },
  'hk-macao-permit': { zh: '港澳通行证', en: 'Hong Kong or Macao permit' },
  'taiwan-permit': { zh: '台湾通行证', en: 'Taiwan permit' },
  other: { zh: '其他证件', en: 'Other document' },
  address: { zh: '住址', en: 'Address' },
}

/** What the desk answers with one press; words may follow. */
export const plainAnswers = [
  'nothing-on-file',
  'on-file-as-told',
  'on-file-differs',
  'order-in-force',
  'call-the-lead',
  'see-words',
] as const

/** What one press answers with what a look-up of orders or households found. */
export const foundAnswers = ['no-order', 'order-until', 'no-household', 'people-registered'] as const

export const preparedAnswers = [...plainAnswers, ...foundAnswers] as const
export type PreparedAnswer = (typeof preparedAnswers)[number]

export const preparedAnswerNames: Readonly<Record<PreparedAnswer, Bilingual>> = {
  'nothing-on-file': { zh: '没有记录', en: 'Nothing on file' },
  'on-file-as-told': { zh: '有记录，与所述一致', en: 'On file, and as told' },
  'on-file-differs': { zh: '有记录，与所述不符', en: 'On file, and otherwise than told' },
  'order-in-force': { zh: '有生效的决定，请按规定处置', en: 'An order is in force: act by it' },
  'call-the-lead': { zh: '请报告带班领导', en: 'Call the lead' },
  'see-words': { zh: '见文字', en: 'See the words' },
  'no-order': { zh: '没有生效的隔离决定', en: 'No quarantine order in force' },
  'order-until': { zh: '有生效的隔离决定', en: 'Under a quarantine order' },
  'no-household': { zh: '没有登记的住户', en: 'No household registered' },
  'people-registered': { zh: '有登记的住户', en: 'Household registered' },
}

/** What a pairing consists of. */
export const pairingFactKinds = ['joined', 'subject', 'question', 'looked-up', 'answer', 'ended'] as const
export type PairingFactKind = (typeof pairingFactKinds)[number]

/** How a pairing ended: by one of the two, or by the clock. */
export const pairingEnds = ['field', 'desk', 'unused', 'idle', 'shift-over'] as const
export type PairingEnd = (typeof pairingEnds)[number]
