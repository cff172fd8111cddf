import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** Why a person may be looked up: a closed list, shown to the person. */
export const lookUpPurposes = [
  'contact-tracing',
  'follow-up',
  'hand-over',
  'correction-request',
  'subject-request',
  'legal-request',
] as const
export type LookUpPurpose = (typeof lookUpPurposes)[number]

export const lookUpPurposeNames: Readonly<Record<LookUpPurpose, Bilingual>> = {
  'contact-tracing': { zh: '密切接触者追踪', en: 'Tracing contacts of a case' },
  'follow-up': { zh: '随访', en: 'Follow-up' },
  'hand-over': { zh: '移交', en: 'Hand-over to a hospital or quarantine site' },
  'correction-request': { zh: '本人申请更正', en: 'Correction asked for by the person' },
  'subject-request': { zh: '本人查询所存信息', en: 'The person asks what is held' },
  'legal-request': { zh: '依法调取', en: 'Request with a legal basis' },
}

/** Why somebody saw a person, as the person reads it: a look-up, or a vehicle at a post whose occupants were offered. */
export const seenPurposes = [...lookUpPurposes, 'screening'] as const
export type SeenPurpose = (typeof seenPurposes)[number]

export const seenPurposeNames: Readonly<Record<SeenPurpose, Bilingual>> = {
  ...lookUpPurposeNames,
  screening: { zh: '卡口查验', en: 'Screening at a post' },
}

/**
 * Who may look people up, and for what. Administrators run the system and see nobody; the data-protection officer
 * answers the person and the law, and takes no part in operations.
 */
export const lookUpPurposesOf: Readonly<Partial<Record<Role, readonly LookUpPurpose[]>>> = {
  'desk-partner': ['contact-tracing', 'follow-up', 'hand-over', 'subject-request'],
  'screening-clerk': ['contact-tracing', 'follow-up', 'correction-request'],
  'post-lead': ['hand-over', 'correction-request', 'subject-request'],
  commander: ['contact-tracing', 'hand-over', 'legal-request'],
  'data-protection-officer': ['correction-request', 'subject-request', 'legal-request'],
}

export const lookUpRoles = [
  'desk-partner',
  'screening-clerk',
  'post-lead',
  'commander',
  'data-protection-officer',
] as const satisfies readonly Role[]

/** Roles that need a finding for their work; the others see when and where someone was, and not what was found. */
export const rolesThatSeeFindings: readonly Role[] = [
  'desk-partner',
  'screening-clerk',
  'post-lead',
  'commander',
]

/** What of a person can be corrected beside the record. */
export const correctableIdentityFields = ['name', 'document', 'phone', 'plate'] as const

/** What of a person is sealed, and can be shown one by one. */
export const identityFields = [...correctableIdentityFields, 'service'] as const
export type IdentityField = (typeof identityFields)[number]

export const identityFieldNames: Readonly<Record<IdentityField, Bilingual>> = {
  name: { zh: '姓名', en: 'Name' },
  document: { zh: '证件号码', en: 'Document number' },
  phone: { zh: '电话', en: 'Phone' },
  plate: { zh: '车牌', en: 'Plate' },
  service: { zh: '车次、船班或航班', en: 'Train, sailing or flight' },
}

/** The ways in which somebody comes to see a person. */
export const accessWays = [
  'look-up',
  'unmask',
  'export',
  'pairing',
  'subject-request',
  'passage',
  'round',
] as const
export type AccessWay = (typeof accessWays)[number]

export const accessWayNames: Readonly<Record<AccessWay, Bilingual>> = {
  'look-up': { zh: '查询（已遮盖）', en: 'Looked up, masked' },
  unmask: { zh: '查看明文', en: 'Shown in full' },
  export: { zh: '导出名单', en: 'In an exported list' },
  pairing: { zh: '前后台配合', en: 'Asked by a field partner' },
  'subject-request': { zh: '答复本人申请', en: 'Answering the person' },
  round: { zh: '社区小组当日上门名单', en: 'On the round of a community team that day' },
  passage: { zh: '同一车辆再次通过时提示（已遮盖）', en: 'Offered when the vehicle passed again, masked' },
}

/** How often one account may look up and unmask. */
export const lookUpLimits = {
  lookUpsPerMinute: 10,
  lookUpsPerDay: 200,
  unmasksPerMinute: 20,
  unmasksPerDay: 200,
} as const

/** How often one account may ask who was in a vehicle before: more than a lane can pass, far less than all plates. */
export const passageLimits = { perMinute: 30, perDay: 2_000 } as const

/** An officer with more look-ups or unmasked fields than this in a day is shown to the data-protection officer. */
export const wideLookUpsPerDay = 50

/** How long a field may be unmasked after its look-up, and for how long a screen shows it. */
export const unmaskWithinMinutes = 15
export const shownForSeconds = 30

export const leastReasonLetters = 8
export const mostReasonLetters = 300
