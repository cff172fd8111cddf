import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** Whose list it is: that decides what a row must say, and what is asked on the phone. */
const calledBroughtKinds = ['hotel-guests', 'vehicles', 'travellers', 'other-city'] as const
/** `household-register`: nobody of it is called; its rows become households with their members. */
export const broughtKinds = [...calledBroughtKinds, 'household-register'] as const
/** `rescreen`: nobody brought it; it holds people on file whom changed rules treat more strictly. */
export const calledKinds = [...calledBroughtKinds, 'rescreen'] as const
export const worklistKinds = [...broughtKinds, 'rescreen'] as const
export type BroughtKind = (typeof broughtKinds)[number]
export type CalledKind = (typeof calledKinds)[number]
export type WorklistKind = (typeof worklistKinds)[number]

export const worklistKindNames: Readonly<Record<WorklistKind, Bilingual>> = {
  'hotel-guests': { zh: '酒店住客', en: 'Hotel guests' },
  vehicles: { zh: '入城车辆', en: 'Vehicles' },
  travellers: { zh: '乘客', en: 'Passengers' },
  'other-city': { zh: '外市协查', en: 'From another city' },
  'household-register': { zh: '住户名册', en: 'Household register' },
  rescreen: { zh: '规则变更复查', en: 'Rescreening' },
}

const registerFields = [
  'estate',
  'building',
  'stair',
  'floor',
  'door',
  'grid-cell',
  'relation',
  'born',
  'needs',
] as const

const calledFields = [
  'name',
  'phone',
  'document',
  'plate',
  'address',
  'from',
  'arrived-on',
  'left-on',
  'place',
  'unit',
  'note',
] as const

/** What a column can say. */
export const worklistFields = [...calledFields, ...registerFields] as const
export type WorklistField = (typeof worklistFields)[number]

export const worklistFieldNames: Readonly<Record<WorklistField, Bilingual>> = {
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话', en: 'Phone' },
  document: { zh: '证件号码', en: 'Document number' },
  plate: { zh: '车牌', en: 'Plate' },
  address: { zh: '地址', en: 'Address' },
  from: { zh: '来自', en: 'Came from' },
  'arrived-on': { zh: '到达日期', en: 'Arrived on' },
  'left-on': { zh: '离开日期', en: 'Left on' },
  place: { zh: '酒店或班次', en: 'Hotel or service' },
  unit: { zh: '房号或座位', en: 'Room or seat' },
  note: { zh: '备注', en: 'Note' },
  estate: { zh: '小区', en: 'Estate' },
  building: { zh: '楼栋', en: 'Building' },
  stair: { zh: '单元', en: 'Stair' },
  floor: { zh: '楼层', en: 'Floor' },
  door: { zh: '门牌', en: 'Door' },
  'grid-cell': { zh: '网格', en: 'Grid cell' },
  relation: { zh: '与户主关系', en: 'Relation to the head' },
  born: { zh: '出生年份', en: 'Year of birth' },
  needs: { zh: '特殊需求', en: 'Special needs' },
}

/** What a column of a kind of list can say. */
export const fieldsOfKind = (kind: WorklistKind): readonly WorklistField[] =>
  kind === 'household-register' ? ['name', 'phone', 'document', 'address', ...registerFields] : calledFields

export const dateFields = ['arrived-on', 'left-on'] as const satisfies readonly WorklistField[]

/** Without these a row is of no use. */
export const neededFields: Readonly<Record<WorklistKind, readonly WorklistField[]>> = {
  'hotel-guests': ['name', 'phone'],
  vehicles: ['plate', 'phone'],
  travellers: ['name', 'phone'],
  'other-city': ['name', 'phone'],
  'household-register': ['name'],
  rescreen: [],
}

/** Fields that columns still lack for their rows to be of use. A register says where a door is in one column or in several. */
export const missingFields = (
  kind: WorklistKind,
  fields: readonly (WorklistField | null)[],
): readonly WorklistField[] => {
  const missing = neededFields[kind].filter((field) => !fields.includes(field))
  const hasDoor = fields.includes('address') || (fields.includes('estate') && fields.includes('door'))
  return kind === 'household-register' && !hasDoor ? [...missing, 'address'] : missing
}

/** Which part of a date comes first, where a column could be read in more than one way. */
export const dateOrders = ['year-first', 'day-first', 'month-first'] as const
export type DateOrder = (typeof dateOrders)[number]

export const dateOrderNames: Readonly<Record<DateOrder, Bilingual>> = {
  'year-first': { zh: '年-月-日', en: 'Year, month, day' },
  'day-first': { zh: '日-月-年', en: 'Day, month, year' },
  'month-first': { zh: '月-日-年', en: 'Month, day, year' },
}

/** Why a row was not taken. */
export const rejectReasons = [
  'missing',
  'too-long',
  'phone-form',
  'phone-country',
  'phone-rounded',
  'digits-lost',
  'document-form',
  'document-check',
  'document-date',
  'plate-form',
  'date-unreadable',
  'date-ambiguous',
  'date-zero-lost',
  'date-ahead',
  'longer-than-kept',
  'cell-error',
  'garbled',
  'quote-open',
  'door-missing',
  'grid-cell-unknown',
  'grid-cell-untold',
  'birth-unreadable',
  'needs-unknown',
] as const
export type RejectReason = (typeof rejectReasons)[number]

export const rejectReasonTexts: Readonly<Record<RejectReason, Bilingual>> = {
  missing: { zh: '必填内容为空', en: 'Nothing stands here, and something must' },
  'too-long': { zh: '内容过长（超过 300 字）', en: 'Longer than 300 characters' },
  'phone-form': { zh: '电话号码位数或开头不对', en: 'Length or beginning is not that of a phone number' },
  'phone-country': {
    zh: '像是香港、澳门或台湾号码，请补上区号（+852、+853、+886）',
    en: 'Looks like Hong Kong, Macao or Taiwan: add the country code (+852, +853, +886)',
  },
  'phone-rounded': {
    zh: '表格软件把号码写成了 1.39E+10 这样，后几位已丢失。请把该列设为“文本”格式后重新填写',
    en: 'The spreadsheet wrote the number as 1.39E+10, and its last digits are gone. Enter it again, in a column formatted as text',
  },
  'digits-lost': {
    zh: '表格软件只保留前 15 位数字，末几位已变成 0，无法恢复。请先把该列设为“文本”格式，再按证件重新填写；号码末尾确实是 000 的，请分段填写，如 440402 19900101 1000',
    en: 'The spreadsheet kept 15 digits and wrote zeros for the rest, which cannot be undone. Enter it again from the document, in a column formatted as text; one that does end in 000 is written in groups, like 440402 19900101 1000',
  },
  'document-form': {
    zh: '位数或字符不符合任何已知证件',
    en: 'Length or characters fit no document that is known',
  },
  'document-check': {
    zh: '校验位不符，有一位写错',
    en: 'The check digit does not fit: something was mistyped',
  },
  'document-date': { zh: '证件号码里的出生日期不存在', en: 'The date of birth in the number does not exist' },
  'plate-form': { zh: '不符合任何已知车牌', en: 'Fits no plate that is known' },
  'date-unreadable': {
    zh: '看不懂这个日期，或没有这一天',
    en: 'No date can be read here, or there is no such day',
  },
  'date-ambiguous': {
    zh: '可读成两个日期，请写成 2020-01-05 这样',
    en: 'Could be two different days: write it as 2020-01-05',
  },
  'date-zero-lost': {
    zh: '表格软件会把 1.10 变成 1.1，分不清是 1 日还是 10 日。请写成 2020-01-10 这样',
    en: 'A spreadsheet turns 1.10 into 1.1, so that this could be the 1st or the 10th: write it as 2020-01-10',
  },
  'date-ahead': { zh: '日期在今天之后', en: 'The date lies ahead' },
  'longer-than-kept': { zh: '比系统能存的长，请缩短', en: 'Longer than it can be kept: shorten it' },
  'cell-error': {
    zh: '单元格里是公式，没有结果或结果出错。请把该列复制后“选择性粘贴为数值”，改好再导入',
    en: 'The cell holds a formula without a result, or an error. Copy the column and paste it as values, put it right, and bring it again',
  },
  garbled: {
    zh: '文件里有字符已经损坏，请按原件重新填写',
    en: 'Characters were damaged before the file came here: enter it again from the source',
  },
  'quote-open': {
    zh: '引号没有成对，请删去多余的引号',
    en: 'A quotation mark is never closed: remove it or close it',
  },
  'door-missing': {
    zh: '看不出门牌号；一户要有自己的门牌',
    en: 'No door can be read here, and a household needs one of its own',
  },
  'grid-cell-unknown': {
    zh: '本辖区没有这个网格',
    en: 'There is no such grid cell in the area',
  },
  'grid-cell-untold': {
    zh: '没有写网格，系统里也没有这个小区的住户可以参照',
    en: 'No grid cell stands here, and no household of this estate is on file to tell it by',
  },
  'birth-unreadable': { zh: '看不懂出生年份', en: 'No year of birth can be read here' },
  'needs-unknown': {
    zh: '有不认识的特殊需求，请用系统里的说法，多项用顿号分开',
    en: 'Holds a need that is not known: use the words of the system, separated by commas',
  },
}

/** What came of a call. */
export const callOutcomes = [
  'reached-healthy',
  'symptoms',
  'no-answer',
  'call-later',
  'wrong-number',
  'refused',
  'left-city',
  'visit',
] as const
export type CallOutcome = (typeof callOutcomes)[number]

export const callOutcomeNames: Readonly<Record<CallOutcome, Bilingual>> = {
  'reached-healthy': { zh: '已联系，无症状', en: 'Reached, healthy' },
  symptoms: { zh: '有症状', en: 'Symptoms' },
  'no-answer': { zh: '无人接听', en: 'No answer' },
  'call-later': { zh: '约定回拨', en: 'Call later' },
  'wrong-number': { zh: '号码错误', en: 'Wrong number' },
  refused: { zh: '拒绝回答', en: 'Refused' },
  'left-city': { zh: '已离开本市', en: 'Left the city' },
  visit: { zh: '转上门核查', en: 'Needs a visit' },
}

/** Where a row stands. `linked`: the same person stands on a row before it, whose call counts for both. */
export const rowStates = ['open', 'linked', 'closed', 'to-visit'] as const
export type RowState = (typeof rowStates)[number]

export const rowStateNames: Readonly<Record<RowState, Bilingual>> = {
  open: { zh: '待办', en: 'Open' },
  linked: { zh: '与前面重复', en: 'Same as one before' },
  closed: { zh: '已办结', en: 'Closed' },
  'to-visit': { zh: '转上门', en: 'To be visited' },
}

/** How far a file has come. */
export const importStates = ['receiving', 'received', 'reading', 'done', 'failed', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** Who brings lists and calls. */
export const callers = ['screening-clerk'] as const satisfies readonly Role[]
/** Who looks after the work of all clerks. */
export const listLeads = ['commander'] as const satisfies readonly Role[]

export const mostFileBytes = 25_165_824
export const mostRowsOfList = 200_000
export const mostColumns = 60
export const mostCellLetters = 300
/** Rows of a file that are looked at before columns are confirmed. */
export const previewedRows = 200
/** A row that a clerk took and does nothing with goes back after this. */
export const claimMinutes = 20
