import {
  type DateOrder,
  dateOrders,
  fieldsOfKind,
  mostColumns,
  type WorklistField,
  type WorklistKind,
  worklistFields,
} from '@guankou/contract/worklists/vocabulary.ts'
import { recogniseDocument } from '#src/identity/documents/read-document.ts'
import { readPhone } from '#src/identity/phones/read-phone.ts'
import { readPlate } from '#src/identity/plates/read-plate.ts'
import { ordersOfDay, readDate } from '#src/worklists/read-date.ts'
import { hasLostDigits } from '#src/worklists/read-row.ts'

/** Words of headings, the telling ones first: 联系地址 is an address although 联系 begins it. */
const headingWords: readonly (readonly [WorklistField, RegExp])[] = [
  [
    'document',
    /证件(?:号|编号)|身份证|护照|通行证|idno|idnumber|idcard|passport|documentno|documentnumber|^document$|^id$/,
  ],
  ['phone', /电话|手机|联系方式|联系号码|phone|mobile|tel|contactn/],
  ['plate', /车牌|车号|号牌|plate|licen[cs]e/],
  ['left-on', /离(?:店|开|珠|返|港)|退房|返程|checkout|departure|leav|lefton/],
  ['arrived-on', /入住(?:日|时)|到达|抵达|入境|到店|到珠|乘车日|出行日|航班日|日期|时间|checkin|arriv|date/],
  ['address', /住址|地址|现住|居住地|address|residence/],
  ['from', /来自|来源|出发|始发|籍贯|常住|旅居|途经|origin|comefrom|from|departedfrom/],
  ['unit', /房号|房间|座位|车厢|席位|room|seat/],
  ['place', /酒店|宾馆|旅馆|民宿|航班|车次|班次|船次|hotel|flight|train|service|vessel/],
  ['name', /姓名|名字|旅客|住客|车主|驾驶员|司机|乘客|^name|fullname|guest|passenger|driver|owner/],
  ['note', /备注|说明|note|remark|comment/],
]

/** Headings of a register, looked at before the others: there 房号 is a door and no room. */
const registerWords: readonly (readonly [WorklistField, RegExp])[] = [
  ['relation', /关系|relation/],
  ['born', /出生|生日|birth|born|yearofb/],
  ['needs', /需求|需要|特殊|困难|needs?$/],
  ['grid-cell', /网格|社区|居委|gridcell|^grid|^cell|community/],
  ['estate', /小区|楼盘|村名|^estate|^compound/],
  ['building', /楼栋|栋|幢|楼号|building|block/],
  ['stair', /单元|梯|stair|entrance/],
  ['floor', /楼层|层|floor/],
  ['door', /房号|房间|门牌|室号|户号|door|flat|room|unit/],
]

const wordsOf = (kind: WorklistKind): readonly (readonly [WorklistField, RegExp])[] => {
  const fields = fieldsOfKind(kind)
  const all = kind === 'household-register' ? [...registerWords, ...headingWords] : headingWords
  return all.filter(([field]) => fields.includes(field))
}

const folded = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_:：()（）.*/-]/g, '')

/**
 * What a heading says its column holds.
 * @example fieldOfHeading('联系电话*') // 'phone'
 * @example fieldOfHeading('Check-in date') // 'arrived-on'
 */
export const fieldOfHeading = (
  header: string,
  kind: WorklistKind = 'hotel-guests',
): WorklistField | undefined => {
  const text = folded(header)
  if (text === '' || text.length > 20) return undefined
  return wordsOf(kind).find(([, words]) => words.test(text))?.[0]
}

/** Rows in which headings are looked for: above them stand titles and who sent the list. */
const headerWithin = 20

/** Place of the row of headings, counted from 0; undefined where no row has two that are known. */
export const findHeader = (
  rows: readonly (readonly string[])[],
  kind: WorklistKind = 'hotel-guests',
): number | undefined => {
  const scores = rows
    .slice(0, headerWithin)
    .map(
      (cells) =>
        new Set(cells.map((cell) => fieldOfHeading(cell, kind)).filter((field) => field !== undefined)).size,
    )
  const best = Math.max(0, ...scores)
  return best >= 2 ? scores.indexOf(best) : undefined
}

export type Headings = {
  /** Place of the last row of headings, counted from 0. */
  readonly last: number
  readonly headers: readonly string[]
}

const isBlank = (cell: string | undefined): boolean => (cell ?? '').trim() === ''

/** Whether a row goes on with headings: cells above it reach down into it, and it names a field without holding a number. */
const goesOn = (own: readonly string[], below: readonly string[], kind: WorklistKind): boolean => {
  const fields = own.map((cell) => fieldOfHeading(cell, kind))
  const reachesDown = fields.some((field, at) => field !== undefined && isBlank(below[at]))
  const namesSomebody = fields.some(
    (field, at) =>
      (field === 'name' || field === 'plate') &&
      !isBlank(below[at]) &&
      fieldOfHeading(below[at] ?? '', kind) === undefined,
  )
  const isNamed = below.some((cell) => !isBlank(cell) && fieldOfHeading(cell, kind) !== undefined)
  return reachesDown && !namesSomebody && isNamed && !below.some((cell) => /\d{3}/.test(cell))
}

/** A heading over several columns stands in the first of them. */
const joined = (own: readonly string[], below: readonly string[], kind: WorklistKind): readonly string[] => {
  let over = ''
  return Array.from({ length: Math.max(own.length, below.length) }, (_, at) => {
    const [upper, lower] = [own[at] ?? '', below[at] ?? '']
    if (!isBlank(upper)) over = upper.trim()
    if (isBlank(lower)) return upper.trim()
    return fieldOfHeading(lower, kind) === undefined ? `${over} ${lower.trim()}` : lower.trim()
  })
}

/** Headings in one row or in two, where cells were merged; undefined where none are known. */
export const findHeadings = (
  rows: readonly (readonly string[])[],
  kind: WorklistKind = 'hotel-guests',
): Headings | undefined => {
  const at = findHeader(rows, kind)
  if (at === undefined) return undefined
  const own = rows[at] ?? []
  const below = rows[at + 1] ?? []
  if (goesOn(own, below, kind)) return { last: at + 1, headers: joined(own, below, kind) }
  const above = rows[at - 1] ?? []
  const isTitle = above.filter((cell) => !isBlank(cell)).length < 2
  const width = isTitle ? own.length : Math.max(own.length, above.length)
  const headers = Array.from({ length: width }, (_, column) =>
    ((isBlank(own[column]) && !isTitle ? above[column] : own[column]) ?? '').trim(),
  )
  return { last: at, headers }
}

/** By what a file with the same headings is known again; undefined where there are none. */
export const signatureText = (headers: readonly string[] | undefined): string | undefined => {
  const told = headers?.slice(0, headers.findLastIndex((header) => !isBlank(header)) + 1) ?? []
  return told.length === 0 ? undefined : told.map(folded).join('\u001f')
}

const isMostly = (values: readonly string[], test: (value: string) => boolean): boolean =>
  values.length > 0 && values.filter(test).length / values.length >= 0.6

const looksLikeName = (value: string): boolean =>
  /^\p{Script=Han}[\p{Script=Han}·]{1,9}$/u.test(value) && !/[省市区县镇村路街号店]/u.test(value)

/** What the values of a column look like. */
const fieldOfValues = (values: readonly string[], today: string): WorklistField | undefined => {
  if (isMostly(values, (value) => readPhone(value).ok)) return 'phone'
  if (
    isMostly(
      values,
      (value) =>
        hasLostDigits(value) ||
        recogniseDocument(value, today).some(({ kind }) => kind !== 'passport' && kind !== 'other'),
    )
  )
    return 'document'
  if (isMostly(values, (value) => /^\p{Script=Han}/u.test(value) && readPlate(value).ok)) return 'plate'
  if (
    isMostly(
      values,
      (value) => !/^\d{5}$/.test(value) && readDate(value, { today, order: null }).is === 'day',
    )
  )
    return 'arrived-on'
  return isMostly(values, looksLikeName) ? 'name' : undefined
}

export type GuessedColumn = {
  readonly field: WorklistField | null
  readonly because: 'header' | 'values' | 'nothing'
  /** Ways in which its values could be read as dates, whatever it is taken for; empty where none is in doubt. */
  readonly orders: readonly DateOrder[]
}

/**
 * Every way in which a doubtful date of the column could be read, less those that a date of it rules out; where its dates
 * rule each other out, none is.
 */
export const ordersIn = (values: readonly string[], today: string): readonly DateOrder[] => {
  const readings = values.map((value) => readDate(value, { today, order: null }))
  const doubtful = readings.filter((reading) => reading.is === 'ambiguous')
  const possible = dateOrders.filter((order) => doubtful.some((reading) => reading.orders.includes(order)))
  const fitting = possible.filter((order) =>
    values.every((value) => ordersOfDay(value)?.includes(order) ?? true),
  )
  return fitting.length === 0 ? possible : fitting
}

/**
 * Guesses what each column says, from its heading and else from its values; every field stands once. A guess is shown to
 * the clerk and used only when confirmed.
 * @param rows  those below the headings   @param today  local day, YYYY-MM-DD
 */
export const guessColumns = (
  headers: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  today: string,
  kind: WorklistKind = 'hotel-guests',
): readonly GuessedColumn[] => {
  const allowed = fieldsOfKind(kind)
  const width = Math.min(mostColumns, Math.max(headers?.length ?? 0, ...rows.map(({ length }) => length)))
  const values = Array.from({ length: width }, (_, at) =>
    rows.map((cells) => (cells[at] ?? '').trim()).filter((value) => value !== ''),
  )
  const taken = new Set<WorklistField>()
  const guesses = new Map<number, Pick<GuessedColumn, 'field' | 'because'>>()
  const take = (at: number, field: WorklistField | undefined, because: 'header' | 'values'): void => {
    if (field === undefined || !allowed.includes(field) || taken.has(field) || guesses.has(at)) return
    taken.add(field)
    guesses.set(at, { field, because })
  }
  for (const at of values.keys()) take(at, fieldOfHeading(headers?.[at] ?? '', kind), 'header')
  for (const [at, column] of values.entries())
    if (!guesses.has(at)) take(at, fieldOfValues(column, today), 'values')
  return values.map((column, at) => {
    const { field, because } = guesses.get(at) ?? { field: null, because: 'nothing' as const }
    return { field, because, orders: ordersIn(column, today) }
  })
}

/** Whether a text is one of the fields. */
export const isWorklistField = (text: string): text is WorklistField =>
  worklistFields.some((field) => field === text)
