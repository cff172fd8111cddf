import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** What a list is of: people screened at posts, people and vehicles called one by one, or episodes of quarantine. */
export const exportSubjects = ['screenings', 'calls', 'quarantine'] as const
export type ExportSubject = (typeof exportSubjects)[number]

export const exportSubjectNames: Readonly<Record<ExportSubject, Bilingual>> = {
  screenings: { zh: '查验记录', en: 'Screenings' },
  calls: { zh: '电话排查', en: 'Calls from worklists' },
  quarantine: { zh: '隔离记录', en: 'Quarantine episodes' },
}

/** What a list can hold of a screening. `ref` is in every list: by it a leaked row finds its list. */
export const screeningColumns = [
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
export type ScreeningColumn = (typeof screeningColumns)[number]

/** Of a row of a worklist, with what came of calling it. */
export const callColumns = [
  'list-kind',
  'list',
  'brought-on',
  'name',
  'document-kind',
  'document-number',
  'phone',
  'plate',
  'address',
  'place',
  'call-state',
  'attempts',
  'call-outcome',
  'called-at',
  'next-call-at',
] as const
export type CallColumn = (typeof callColumns)[number]

/** Of an episode of quarantine, with how it ended. */
export const quarantineColumns = [
  'ordered-at',
  'district',
  'site',
  'name',
  'document-number',
  'phone',
  'address',
  'first-day',
  'last-day',
  'quarantine-state',
  'missed',
  'ended-at',
  'ended-how',
] as const
export type QuarantineColumn = (typeof quarantineColumns)[number]

export const columnsOfSubject = {
  screenings: screeningColumns,
  calls: callColumns,
  quarantine: quarantineColumns,
} as const satisfies Record<ExportSubject, readonly string[]>

/** Every column once, whatever it is of. */
export const exportColumns = [
  ...screeningColumns,
  'list-kind',
  'list',
  'brought-on',
  'address',
  'place',
  'call-state',
  'attempts',
  'call-outcome',
  'called-at',
  'next-call-at',
  'ordered-at',
  'district',
  'site',
  'first-day',
  'last-day',
  'quarantine-state',
  'missed',
  'ended-at',
  'ended-how',
] as const satisfies readonly (ScreeningColumn | CallColumn | QuarantineColumn)[]
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
  'list-kind': { zh: '名单类别', en: 'Kind of list' },
  list: { zh: '名单', en: 'List' },
  'brought-on': { zh: '导入日期', en: 'Brought on' },
  address: { zh: '地址', en: 'Address' },
  place: { zh: '酒店或班次、房号或座位', en: 'Hotel or service, room or seat' },
  'call-state': { zh: '办理状态', en: 'Where it stands' },
  attempts: { zh: '拨打次数', en: 'Attempts' },
  'call-outcome': { zh: '最近结果', en: 'Last outcome' },
  'called-at': { zh: '最近拨打', en: 'Last called' },
  'next-call-at': { zh: '下次拨打', en: 'Next attempt' },
  'ordered-at': { zh: '下达时间', en: 'Ordered at' },
  district: { zh: '区', en: 'District' },
  site: { zh: '隔离方式', en: 'Kind of quarantine' },
  'first-day': { zh: '起始日', en: 'First day' },
  'last-day': { zh: '期满日', en: 'Last day' },
  'quarantine-state': { zh: '隔离状态', en: 'State' },
  missed: { zh: '漏报次数', en: 'Contacts missed' },
  'ended-at': { zh: '结束时间', en: 'Ended at' },
  'ended-how': { zh: '结束方式', en: 'How it ended' },
}

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
