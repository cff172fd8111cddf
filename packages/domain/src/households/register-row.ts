import type { DoorAddress, Member } from '@guankou/contract/households/record-household-fact.ts'
import {
  type Relation,
  relationNames,
  relations,
  type SpecialNeed,
  specialNeedNames,
  specialNeeds,
} from '@guankou/contract/households/vocabulary.ts'
import { type DocumentKind, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import type { RejectReason, WorklistField } from '@guankou/contract/worklists/vocabulary.ts'
import { readAddress } from '#src/households/read-address.ts'
import type { CellProblem, RowContent } from '#src/worklists/read-row.ts'

/** Somebody of a register, and the door they live behind. */
export type RegisterRow = {
  readonly address: DoorAddress
  readonly member: Member
  /** What stands of the grid cell, where something does. */
  readonly gridCell: string | undefined
}

export type RegisterReading =
  | { readonly is: 'row'; readonly row: RegisterRow }
  | { readonly is: 'rejected'; readonly problems: readonly CellProblem[] }

const problem = (field: WorklistField, why: RejectReason, offers: readonly string[] = []): CellProblem => ({
  field,
  why,
  offers,
})

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s（）()]/gu, '')

/** What registers write besides the names that the system has. */
const relationWords: readonly (readonly [Relation, RegExp])[] = [
  ['head', /^(?:户主|本人|业主|head|self|householder)/],
  ['spouse', /^(?:配偶|妻|夫|丈夫|妻子|爱人|老婆|老公|spouse|wife|husband)/],
  ['child', /^(?:长|次|三|四|养|继|大|二|小|独生)?(?:子|女|儿|孩)|^(?:child|son|daughter)/],
  ['parent', /^(?:岳|公|婆|养|继)?(?:父|母|爸|妈)|^(?:公公|婆婆|parent|father|mother)/],
  ['lodger', /租|^(?:lodger|tenant)/],
  ['carer', /保姆|护工|家政|^(?:carer|nanny)/],
  ['relative', /亲|祖|孙|爷|奶|外公|外婆|兄|弟|姐|妹|媳|婿|侄|甥|^(?:relative|brother|sister|grand)/],
]

/**
 * How somebody belongs to a household; what is not known is told as other.
 * @example relationOf('长子') // 'child'
 */
export const relationOf = (text: string): Relation => {
  const word = folded(text)
  const named = relations.find(
    (each) => folded(relationNames[each].zh) === word || folded(relationNames[each].en) === word,
  )
  return named ?? relationWords.find(([, words]) => words.test(word))?.[0] ?? 'other'
}

const needWords: readonly (readonly [SpecialNeed, RegExp])[] = [
  ['lives-alone', /独居|空巢|孤寡/],
  ['dialysis', /透析/],
  ['pregnant', /孕|产妇/],
  ['infant', /婴|幼儿/],
  ['disabled', /残/],
  ['medicine', /药|慢病|慢性病/],
  ['meals', /餐|饭/],
  ['interpreter', /翻译|语言/],
  ['distress', /情绪|心理|精神/],
]

const needOf = (text: string): SpecialNeed | undefined => {
  const word = folded(text)
  const named = specialNeeds.find(
    (each) => folded(specialNeedNames[each].zh) === word || folded(specialNeedNames[each].en) === word,
  )
  return named ?? needWords.find(([, words]) => words.test(word))?.[0]
}

/** Needs in the order of the system; undefined where one of them is not known. */
const needsOf = (text: string): readonly SpecialNeed[] | undefined => {
  const found = text
    .split(/[、，,;；/]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(needOf)
  return found.includes(undefined) ? undefined : specialNeeds.filter((each) => found.includes(each))
}

const earliest = 1850

/**
 * The year that a birthday or a year says; undefined where neither can be read.
 * @param today  local day, YYYY-MM-DD
 * @example birthYearOf('1985年3月', '2020-02-10') // 1985
 */
export const birthYearOf = (text: string, today: string): number | undefined => {
  const plain = text.normalize('NFKC').trim()
  const digits =
    /^(\d{4})(?:\D|$)/.exec(plain)?.[1] ?? /^(\d{4})\d{4}$/.exec(plain)?.[1] ?? /\D(\d{4})$/.exec(plain)?.[1]
  const year = digits === undefined ? Number.NaN : Number(digits)
  return year >= earliest && year <= Number(today.slice(0, 4)) ? year : undefined
}

/** The year of birth that a resident identity number carries (GB 11643). */
const yearInDocument = ({ document, documentKind }: RowContent): number | undefined =>
  documentKind === 'resident-id' && document !== undefined && /^\d{17}[\dX]$/.test(document)
    ? Number(document.slice(6, 10))
    : undefined

const most = {
  name: 60,
  estate: 60,
  building: 30,
  stair: 20,
  floor: 10,
  door: 20,
  phone: 30,
  document: 40,
} as const

const tooLong = (content: RowContent): CellProblem[] =>
  (Object.keys(most) as (keyof typeof most)[])
    .filter((field) => (content[field] ?? '').length > most[field])
    .map((field) => problem(field, 'longer-than-kept'))

/** The door in parts: as columns of their own say, else as one text does. */
const addressOf = (content: RowContent): DoorAddress | undefined => {
  const read = content.address === undefined ? undefined : readAddress(content.address)
  const estate = content.estate ?? read?.estate
  const door = content.door ?? read?.door
  if (estate === undefined || estate === '—' || door === undefined || door === '—') return undefined
  const part = (name: 'building' | 'stair' | 'floor') => {
    const text = content[name] ?? read?.[name]
    return text === undefined ? {} : { [name]: text }
  }
  return { estate, ...part('building'), ...part('stair'), ...part('floor'), door }
}

const documentOf = ({ document, documentKind }: RowContent): Member['document'] => {
  if (document === undefined) return undefined
  const kind: DocumentKind = documentKinds.find((each) => each === documentKind) ?? 'other'
  return { kind, number: document }
}

/**
 * A row of a household register as a member and a door.
 * @param content  every value in its stored form   @param today  local day, YYYY-MM-DD
 */
export const readRegisterRow = (content: RowContent, today: string): RegisterReading => {
  const problems = tooLong(content)
  const address = addressOf(content)
  const needs = content.needs === undefined ? [] : needsOf(content.needs)
  const born = content.born === undefined ? yearInDocument(content) : birthYearOf(content.born, today)
  if (address === undefined)
    problems.push(problem(content.door === undefined ? 'address' : 'door', 'door-missing'))
  if (needs === undefined)
    problems.push(
      problem(
        'needs',
        'needs-unknown',
        specialNeeds.map((each) => specialNeedNames[each].zh),
      ),
    )
  if (content.born !== undefined && born === undefined) problems.push(problem('born', 'birth-unreadable'))
  if (problems.length > 0 || address === undefined || needs === undefined || content.name === undefined)
    return { is: 'rejected', problems }
  const document = documentOf(content)
  return {
    is: 'row',
    row: {
      address,
      gridCell: content['grid-cell'],
      member: {
        name: content.name,
        relation: content.relation === undefined ? 'other' : relationOf(content.relation),
        ...(document === undefined ? {} : { document }),
        ...(content.phone === undefined ? {} : { phone: content.phone }),
        ...(born === undefined ? {} : { birthYear: born }),
        ...(needs.length === 0 ? {} : { needs: [...needs] }),
      },
    },
  }
}

/** A name as two writings of it are compared. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•.]/gu, '')

type OnFile = Pick<Member, 'name' | 'document'>

/**
 * Whether somebody of a register is somebody who lives behind the same door: by name, unless two documents say that they
 * are two.
 */
export const isSameAtDoor = (row: OnFile, known: OnFile): boolean =>
  nameKey(row.name) === nameKey(known.name) &&
  (row.document === undefined ||
    known.document === undefined ||
    (row.document.kind === known.document.kind && row.document.number === known.document.number))
