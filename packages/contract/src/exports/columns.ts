import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** What a list can hold of a person. `ref` is in every list: by it a leaked row finds its list. */
export const exportColumns = [
  'occurred-at',
  'post',
  'lane',
  'plate',
  'service',
  'seat',
  'name',
  'document-kind',
  'document-number',
  'phone',
  'origin',
  'exposure',
  'fever',
  'readings',
  'symptoms',
  'certificates',
  'disposition',
  'override',
  'corrections',
] as const
export type ExportColumn = (typeof exportColumns)[number]

export const exportColumnNames: Readonly<Record<ExportColumn | 'ref', Bilingual>> = {
  ref: { zh: '编号', en: 'Ref' },
  'occurred-at': { zh: '查验时间', en: 'Screened at' },
  post: { zh: '点位', en: 'Post' },
  lane: { zh: '车道', en: 'Lane' },
  plate: { zh: '车牌', en: 'Plate' },
  service: { zh: '车次、船班或航班', en: 'Train, sailing or flight' },
  seat: { zh: '座位', en: 'Seat' },
  name: { zh: '姓名', en: 'Name' },
  'document-kind': { zh: '证件类型', en: 'Document' },
  'document-number': { zh: '证件号码', en: 'Document number' },
  phone: { zh: '电话', en: 'Phone' },
  origin: { zh: '来源地', en: 'Origin' },
  exposure: { zh: '暴露', en: 'Exposure' },
  fever: { zh: '发热', en: 'Fever' },
  readings: { zh: '体温', en: 'Temperature' },
  symptoms: { zh: '症状', en: 'Symptoms' },
  certificates: { zh: '健康证明', en: 'Health certificate' },
  disposition: { zh: '处置', en: 'Disposition' },
  override: { zh: '处置更改', en: 'Override' },
  corrections: { zh: '更正', en: 'Corrections' },
}

/**
 * Columns that identify a person: each makes an access that the person is shown. Corrections are told of those fields alone
 * that are in the list.
 */
export const identifyingColumns: ReadonlySet<ExportColumn> = new Set([
  'plate',
  'service',
  'name',
  'document-number',
  'phone',
  'corrections',
])

/** Why a list may leave the system. */
export const exportPurposes = [
  'contact-tracing',
  'follow-up',
  'hand-over',
  'legal-request',
  'quality-check',
] as const
export type ExportPurpose = (typeof exportPurposes)[number]

export const exportPurposeNames: Readonly<Record<ExportPurpose, Bilingual>> = {
  'contact-tracing': { zh: '密切接触者追踪', en: 'Tracing contacts of a case' },
  'follow-up': { zh: '随访', en: 'Follow-up by phone' },
  'hand-over': { zh: '移交', en: 'Hand-over to a hospital or quarantine site' },
  'legal-request': { zh: '依法调取', en: 'Request with a legal basis' },
  'quality-check': { zh: '质量核查（不含身份）', en: 'Check of quality, without identities' },
}

export type ExportRule = {
  readonly requesters: readonly Role[]
  /** The most that a list of the purpose may hold; whoever asks takes of these what is needed. */
  readonly columns: readonly ExportColumn[]
  readonly mostRows: number
  readonly validDays: number
}

/** Which purpose may have which columns, how many rows, and for how long: the smallest list that serves it. */
export const exportRules: Readonly<Record<ExportPurpose, ExportRule>> = {
  'contact-tracing': {
    requesters: ['screening-clerk', 'commander'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'plate',
      'service',
      'seat',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'origin',
      'corrections',
    ],
    mostRows: 20_000,
    validDays: 3,
  },
  'follow-up': {
    requesters: ['screening-clerk'],
    columns: ['occurred-at', 'name', 'phone', 'origin', 'symptoms', 'disposition', 'override', 'corrections'],
    mostRows: 20_000,
    validDays: 3,
  },
  'hand-over': {
    requesters: ['screening-clerk', 'commander', 'post-lead'],
    columns: [
      'occurred-at',
      'post',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
      'corrections',
    ],
    mostRows: 5_000,
    validDays: 2,
  },
  'legal-request': {
    requesters: ['commander', 'data-protection-officer'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'plate',
      'service',
      'seat',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'origin',
      'exposure',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
      'corrections',
    ],
    mostRows: 5_000,
    validDays: 7,
  },
  'quality-check': {
    requesters: ['screening-clerk', 'commander', 'data-protection-officer'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'document-kind',
      'origin',
      'exposure',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
    ],
    mostRows: 100_000,
    validDays: 7,
  },
}

export const exportRequesters = [
  'screening-clerk',
  'commander',
  'post-lead',
  'data-protection-officer',
] as const satisfies readonly Role[]

/** Who may approve or refuse a list that somebody else asked for. */
export const exportApprovers = ['commander', 'data-protection-officer'] as const satisfies readonly Role[]

/** Days that one list may span, and how often it may be downloaded. */
export const mostExportDays = 31
export const mostDownloads = 10

/** Lists that one account may ask for in 24 hours. */
export const mostExportsPerDay = 20

/** A request that nobody decides on lapses. */
export const requestLapsesAfterDays = 3
