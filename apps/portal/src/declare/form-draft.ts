import type { Declaration, DeclaredStay } from '@guankou/contract/declarations/declaration.ts'
import type { DeclarableResponse, SignedDeclaration } from '@guankou/contract/declarations/endpoints.ts'
import {
  type ConveyanceKind,
  type DocumentKind,
  platedConveyances,
  scheduledConveyances,
} from '@guankou/contract/screening/vocabulary.ts'
import { toBase32 } from '@guankou/domain/declarations/base32.ts'

export type DraftPerson = {
  /** Tells people apart while names are typed and others are removed. */
  readonly serial: number
  readonly name: string
  readonly documentKind: DocumentKind
  readonly documentNumber: string
  readonly phone: string
  readonly originCode: number | null
  readonly stays: readonly DeclaredStay[]
  /** Begun as a place and not chosen from what was found; would be lost if nobody pointed at it. */
  readonly stayTyped?: string
  /** Null until answered: a question that was passed over is no “no”. */
  readonly contact: boolean | null
  readonly symptoms: readonly string[]
  /** As the ticket names it; not in drafts of older versions. */
  readonly seatLabel?: string
}

/** Which run of a line somebody comes by; every part may be empty. */
export type Run = { readonly number: string; readonly departsOn: string; readonly carriage: string }
export const emptyRun: Run = { number: '', departsOn: '', carriage: '' }

/** What is being filled in; plain data, kept on this phone alone. */
export type FormDraft = {
  readonly id: string
  readonly kind: ConveyanceKind
  readonly plate: string
  readonly withoutPlate: boolean
  /** Train, ferry, flight or coach of a line, as typed; not in drafts of older versions. */
  readonly run?: Run
  readonly people: readonly DraftPerson[]
  /** The newest code, with what it was made of. */
  readonly signed: (SignedDeclaration & { readonly of: string }) | null
}

const emptyPerson: DraftPerson = {
  serial: 1,
  name: '',
  documentKind: 'resident-id',
  documentNumber: '',
  phone: '',
  originCode: null,
  stays: [],
  contact: null,
  symptoms: [],
}

const idBytes = 10

export const newDraft = (): FormDraft => ({
  id: toBase32(crypto.getRandomValues(new Uint8Array(idBytes))),
  kind: 'car',
  plate: '',
  withoutPlate: false,
  people: [emptyPerson],
  signed: null,
})

/** People of one car mostly set out together. */
export const withAnotherPerson = (draft: FormDraft): FormDraft => {
  const { originCode, stays } = draft.people[0] ?? emptyPerson
  const serial = Math.max(0, ...draft.people.map((person) => person.serial)) + 1
  return { ...draft, people: [...draft.people, { ...emptyPerson, serial, originCode, stays }] }
}

export const withPerson = (draft: FormDraft, at: number, change: Partial<DraftPerson>): FormDraft => ({
  ...draft,
  people: draft.people.map((person, index) => (index === at ? { ...person, ...change } : person)),
})

export const isPlated = (kind: ConveyanceKind): boolean => platedConveyances.has(kind)
export const isScheduled = (kind: ConveyanceKind): boolean => scheduledConveyances.has(kind)

const clean = (text: string): string => text.replace(/\p{Cc}|[\u2028\u2029\ufeff]/gu, '').trim()
const capitals = (text: string): string => clean(text).normalize('NFKC').toUpperCase()
const normalRun = ({ run = emptyRun }: FormDraft): Run => ({
  number: capitals(run.number),
  departsOn: run.departsOn,
  carriage: capitals(run.carriage).replace(/[^0-9A-Z]/g, ''),
})
const placeOf = (typed = ''): string => capitals(typed).replace(/[\s-]/g, '').replace(/^0+/, '')
/** Whether a place can be read as one; nothing typed can. */
export const isPlace = (typed = ''): boolean => /^(?:[1-9]\d{0,2}[A-K]?)?$/.test(placeOf(typed))

/** Plate, or number of the run, as it was entered. */
export const vehicleOf = ({ plate, run }: FormDraft): string =>
  [plate, run?.number].find((each) => each?.trim()) ?? '—'

/** Why a draft cannot be signed yet; with the person it is about, counted from 0. */
export type Missing =
  | { readonly is: 'plate' | 'day' }
  | { readonly is: 'place' | 'origin' | 'stay' | 'stay-day' | 'contact'; readonly person: number }

export const missingOf = (draft: FormDraft): readonly Missing[] => [
  ...(isPlated(draft.kind) && !draft.withoutPlate && draft.plate.trim() === ''
    ? [{ is: 'plate' } as const]
    : []),
  ...(isScheduled(draft.kind) && normalRun(draft).number !== '' && normalRun(draft).departsOn === ''
    ? [{ is: 'day' } as const]
    : []),
  ...draft.people.flatMap(({ originCode, stays, stayTyped = '', contact, seatLabel }, person): Missing[] => [
    ...(isScheduled(draft.kind) && !isPlace(seatLabel) ? [{ is: 'place', person } as const] : []),
    ...(originCode === null ? [{ is: 'origin', person } as const] : []),
    ...(stayTyped.trim() === '' ? [] : [{ is: 'stay', person } as const]),
    ...(stays.some(({ leftOn }) => leftOn === '') ? [{ is: 'stay-day', person } as const] : []),
    ...(contact === null ? [{ is: 'contact', person } as const] : []),
  ]),
]

const shortestPhone = 3
const digits = (phone: string): string => phone.replace(/[^0-9+ ()-]/g, '').trim()

const personOf = (
  person: DraftPerson,
  listed: readonly string[],
  scheduled: boolean,
): Declaration['people'][number] => {
  const name = clean(person.name)
  const number = clean(person.documentNumber)
  const phone = digits(person.phone)
  const place = placeOf(person.seatLabel)
  return {
    ...(scheduled && place !== '' ? { seatLabel: place } : {}),
    ...(name === '' ? {} : { name }),
    document: {
      kind: person.documentKind,
      ...(person.documentKind === 'none' || number === '' ? {} : { number }),
    },
    ...(phone.length < shortestPhone ? {} : { phone }),
    originCode: person.originCode ?? 0,
    stays: [...person.stays],
    contactWithCase: person.contact === true,
    symptoms: person.symptoms.filter((code) => listed.includes(code)),
  }
}

/** What is sent to be signed; call it where nothing is missing. */
export const declarationOf = (draft: FormDraft, response: DeclarableResponse): Declaration => {
  const listed = response.symptoms.map(({ code }) => code)
  const plate = clean(draft.plate)
  const plated = isPlated(draft.kind)
  const scheduled = isScheduled(draft.kind)
  const { number, departsOn, carriage } = normalRun(draft)
  return {
    id: draft.id,
    responseId: response.id,
    rulesVersion: response.rulesVersion,
    conveyance: {
      kind: draft.kind,
      ...(plated && !draft.withoutPlate ? { plate } : {}),
      ...(plated && draft.withoutPlate ? { withoutPlate: true as const } : {}),
      ...(scheduled && number !== ''
        ? { service: { number, departsOn, ...(carriage === '' ? {} : { carriage }) } }
        : {}),
    },
    people: draft.people.map((person) => personOf(person, listed, scheduled)),
  }
}

/** The same for the same answers, so that a code can be told from one of older answers. */
export const answersOf = ({ signed: _signed, ...answers }: FormDraft): string => JSON.stringify(answers)

/** Whether anything was entered that would be missed. */
export const isBegun = (draft: FormDraft): boolean =>
  draft.signed !== null || answersOf({ ...draft, id: '' }) !== answersOf({ ...newDraft(), id: '' })
