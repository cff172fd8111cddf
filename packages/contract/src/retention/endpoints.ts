import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { SignedCertificate } from './certificate.ts'
import { RetentionDays, retainedClasses } from './policy.ts'
import { renewalGrounds } from './renewal.ts'

const closed = { additionalProperties: false } as const

/** A renewal of a collection, as anyone may see it. */
export const CollectionRenewal = Type.Object(
  {
    previousUntil: CivilDate,
    collectionUntil: CivilDate,
    ground: oneOf(renewalGrounds),
    renewedAt: Instant,
    /** Who answers for it, by name. */
    by: BilingualText,
    role: oneOf(roles),
  },
  closed,
)
export type CollectionRenewal = Static<typeof CollectionRenewal>

/** How long a response collects and keeps. */
export const ResponseRetention = Type.Object(
  {
    responseId: Type.String(),
    response: BilingualText,
    collectionFrom: CivilDate,
    collectionUntil: CivilDate,
    /** Number of the newest renewal; 0 before the first. */
    renewalVersion: Count,
    renewals: Type.Array(CollectionRenewal),
    keeps: RetentionDays,
    /** Null where the defaults hold. */
    decided: Type.Union([Type.Object({ at: Instant, by: Type.String() }, closed), Type.Null()]),
  },
  closed,
)
export type ResponseRetention = Static<typeof ResponseRetention>

/** A day that still holds something. */
export const HeldDayView = Type.Object(
  {
    jurisdiction: Type.Integer(),
    day: CivilDate,
    dataClass: oneOf(retainedClasses),
    destroyFrom: CivilDate,
    isDue: Type.Boolean(),
  },
  closed,
)
export type HeldDayView = Static<typeof HeldDayView>

export const RetentionPlan = Type.Object(
  { today: CivilDate, responses: Type.Array(ResponseRetention), held: Type.Array(HeldDayView) },
  closed,
)
export type RetentionPlan = Static<typeof RetentionPlan>

export const readRetentionPlan = defineEndpoint({
  id: 'retention.plan',
  method: 'GET',
  path: '/api/retention/plan',
  summary: 'What is kept, and until when',
  description:
    'Policies of each response, days that still hold identities or findings, and ends of collection.',
  access: {
    roles: ['commander', 'administrator', 'data-protection-officer', 'auditor'],
    area: 'actor',
    purpose: 'retention',
  },
  audit: { action: 'retention.plan', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: RetentionPlan,
  errors: [],
})

/** What was destroyed on a day; counts of no person. */
export const DestroyedDayView = Type.Object(
  {
    jurisdiction: Type.Integer(),
    day: CivilDate,
    dataClass: oneOf(retainedClasses),
    destroyedAt: Instant,
    vehicles: Count,
    travellers: Count,
    fields: Count,
    certificateId: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type DestroyedDayView = Static<typeof DestroyedDayView>

export const CertificateLine = Type.Object({ id: Type.String(), issuedAt: Instant, days: Count }, closed)
export type CertificateLine = Static<typeof CertificateLine>

export const RetentionHistory = Type.Object(
  { destroyed: Type.Array(DestroyedDayView), certificates: Type.Array(CertificateLine) },
  closed,
)
export type RetentionHistory = Static<typeof RetentionHistory>

const watchers = ['data-protection-officer', 'auditor'] as const

export const readRetentionHistory = defineEndpoint({
  id: 'retention.history',
  method: 'GET',
  path: '/api/retention/history',
  summary: 'What was destroyed, with its certificates',
  description: 'The latest days that were destroyed in the area, and the certificates that name them.',
  access: { roles: watchers, area: 'actor', purpose: 'retention' },
  audit: { action: 'retention.history', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: RetentionHistory,
  errors: [],
})

export const readRetentionCertificate = defineEndpoint({
  id: 'retention.certificate',
  method: 'GET',
  path: '/api/retention/certificate',
  summary: 'A certificate of destruction',
  description: 'The signed content to the byte, and as a text to print in Chinese and English.',
  access: { roles: watchers, area: 'actor', purpose: 'retention' },
  audit: { action: 'retention.certificate', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ id: Type.String({ format: 'uuid', minLength: 36, maxLength: 36 }) }, closed),
  output: Type.Object({ file: SignedCertificate, text: Type.String() }, closed),
  errors: ['UNKNOWN_CERTIFICATE'],
})
