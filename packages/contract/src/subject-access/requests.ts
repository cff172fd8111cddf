import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { correctableIdentityFields, identityFieldNames } from '../identity/purposes.ts'
import { type Bilingual, CivilDate, Instant, oneOf, printable } from '../primitives.ts'
import type { Role } from '../roles.ts'

const closed = { additionalProperties: false } as const

/** What a person may ask for. `release` is also how a disposition is contested. */
export const requestKinds = ['correction', 'release', 'explanation', 'erasure'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestKindNames: Readonly<Record<RequestKind, Bilingual>> = {
  correction: { zh: '更正', en: 'Correction' },
  release: { zh: '解除或复核处置', en: 'Release, or review of the outcome' },
  explanation: { zh: '说明', en: 'Explanation' },
  erasure: { zh: '删除', en: 'Erasure' },
}

/** What can be corrected: what identifies, and what was stated or found. */
export const correctableFields = [
  ...correctableIdentityFields,
  'origin',
  'exposure',
  'contact',
  'finding',
] as const
export type CorrectableField = (typeof correctableFields)[number]

export const correctableFieldNames: Readonly<Record<CorrectableField, Bilingual>> = {
  ...identityFieldNames,
  origin: { zh: '来源地', en: 'Where I came from' },
  exposure: { zh: '到过的地区', en: 'Places I had been to' },
  contact: { zh: '接触史', en: 'Contact with someone ill' },
  finding: { zh: '体温或症状', en: 'Temperature or symptoms' },
}

/** Who may answer a request of a kind; the first one gets it. The data-protection officer releases nobody. */
export const decidersOf: Readonly<Record<RequestKind, readonly [Role, ...Role[]]>> = {
  correction: ['data-protection-officer', 'post-lead', 'desk-partner'],
  release: ['post-lead', 'commander'],
  explanation: ['data-protection-officer', 'post-lead', 'desk-partner', 'commander'],
  erasure: ['data-protection-officer'],
}

/** Everyone whose work requests can be. */
export const requestRoles = [
  'data-protection-officer',
  'post-lead',
  'desk-partner',
  'commander',
] as const satisfies readonly Role[]

/** Who can open and print a person's page for them at a desk. */
export const deskRoles = [
  'data-protection-officer',
  'post-lead',
  'desk-partner',
] as const satisfies readonly Role[]

/** `partly` grants some of what was asked, and the answer says which. */
export const requestOutcomes = ['granted', 'partly', 'refused'] as const
export type RequestOutcome = (typeof requestOutcomes)[number]

export const requestOutcomeNames: Readonly<Record<RequestOutcome, Bilingual>> = {
  granted: { zh: '同意', en: 'Granted' },
  partly: { zh: '部分同意', en: 'Partly granted' },
  refused: { zh: '不同意', en: 'Refused' },
}

export const requestStates = ['waiting', 'in-hand', 'answered'] as const
export type RequestState = (typeof requestStates)[number]

export const requestStateNames: Readonly<Record<RequestState, Bilingual>> = {
  waiting: { zh: '已收到，等待办理', en: 'Received, waiting' },
  'in-hand': { zh: '正在办理', en: 'Being worked on' },
  answered: { zh: '已答复', en: 'Answered' },
}

/** The longest that an answer may take unless the installation decides on less: GDPR Art. 12(3), GB/T 35273 §8.7. */
export const defaultAnswerDays = 30

/** Requests of one person that may wait for an answer at a time. */
export const mostOpenRequests = 6

export const mostRequestLetters = 1_000

/** What a person writes, or an officer answers; people write names into such fields. */
export const RequestText = classified(
  'identity',
  Type.String({ minLength: 2, maxLength: mostRequestLetters, pattern: printable }),
)

/** What a field is corrected to. */
export const CorrectedValue = classified(
  'identity',
  Type.String({ minLength: 1, maxLength: 400, pattern: printable }),
)

/** A request as the person sees it. */
export const RequestView = Type.Object(
  {
    id: Type.String(),
    kind: oneOf(requestKinds),
    field: Type.Union([oneOf(correctableFields), Type.Null()]),
    askedAt: Instant,
    dueOn: CivilDate,
    state: oneOf(requestStates),
    /** Null where the key that seals it is destroyed. */
    text: Type.Union([classified('identity', Type.String()), Type.Null()]),
    outcome: Type.Union([oneOf(requestOutcomes), Type.Null()]),
    answeredAt: Type.Union([Instant, Type.Null()]),
    answer: Type.Union([classified('identity', Type.String()), Type.Null()]),
  },
  closed,
)
export type RequestView = Static<typeof RequestView>
