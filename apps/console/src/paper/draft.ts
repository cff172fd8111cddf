import type {
  KeptField,
  PaperForm,
  PaperPerson,
  PaperReading,
  ShownForm,
} from '@guankou/contract/paper/form.ts'
import type {
  ConveyanceKind,
  DocumentKind,
  ThermometryMethod,
} from '@guankou/contract/screening/vocabulary.ts'
import { readPlace, readStays } from '#src/paper/read-places.ts'
import { readRun, readSeat } from '#src/paper/read-run.ts'

/*
 * What a clerk types, and what it says. A draft holds texts as typed; what cannot be read yet is told and left out of
 * what is kept, so that half a time never becomes a time.
 */

/** How temperatures of a form were taken; the same from form to form until it is changed. */
export type Methods = { readonly first: ThermometryMethod; readonly second: ThermometryMethod }

export type PersonDraft = {
  readonly seat: number
  /** Where the ticket says they sit. */
  readonly place: string
  readonly name: string
  readonly documentKind: DocumentKind
  readonly number: string
  readonly phone: string
  readonly origin: string
  readonly stays: string
  readonly contact: boolean
  readonly symptoms: string
  readonly first: string
  readonly second: string
  /** What is kept already, covered; keying anew takes its place. */
  readonly covered: Readonly<Partial<Record<KeptField, string>>>
}

export type FormDraft = {
  readonly id: string
  readonly revision: number
  readonly serial: string
  readonly time: string
  readonly lane: string
  readonly kind: ConveyanceKind
  readonly plate: string
  readonly coveredPlate: string | undefined
  /** Train, sailing, flight or coach run, its day and carriage. */
  readonly run: string
  readonly coveredRun: string | undefined
  readonly people: readonly PersonDraft[]
}

/** A field that cannot be read as typed; seat 0 is the form. */
export type Unread = { readonly field: keyof PersonDraft | keyof FormDraft; readonly seat: number }

export const emptyPerson = (seat: number): PersonDraft => ({
  seat,
  place: '',
  name: '',
  documentKind: 'resident-id',
  number: '',
  phone: '',
  origin: '',
  stays: '',
  contact: false,
  symptoms: '',
  first: '',
  second: '',
  covered: {},
})

export const emptyForm = (id: string, lane: string): FormDraft => ({
  id,
  revision: 0,
  serial: '',
  time: '',
  lane,
  kind: 'car',
  plate: '',
  coveredPlate: undefined,
  run: '',
  coveredRun: undefined,
  people: [emptyPerson(1)],
})

/** Whether anything was typed that would be missed. */
export const isBegun = ({ serial, time, plate, run, people }: FormDraft): boolean =>
  [serial, time, plate, run].some((text) => text.trim() !== '') ||
  people.length > 1 ||
  people.some(
    ({ name, place, number, phone, origin, stays, symptoms, first, contact }) =>
      contact ||
      [name, place, number, phone, origin, stays, symptoms, first].some((text) => text.trim() !== ''),
  )

/**
 * A time of a day with or without a colon, or `undefined`.
 * @example readTime('905') // '09:05'
 * @example readTime('14:30') // '14:30'
 */
export const readTime = (text: string): string | undefined => {
  const found = /^(\d{1,2})[:：.]?(\d\d)$/.exec(text.trim())
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])]
  if (found === null || hour > 23 || minute > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** What stands for “measured, under the threshold” and for “the paper has none”. */
export const underMark = '.'
export const noneMark = '-'

/**
 * A temperature as a clerk types it: 36.8, 368, or the mark for “under the threshold”.
 * @example readCelsius('368') // 36.8
 */
export const readCelsius = (text: string): number | undefined => {
  const typed = text.trim().replace('。', '.').replace(',', '.')
  const value = /^\d{3}$/.test(typed)
    ? Number(typed) / 10
    : /^\d\d(\.\d)?$/.test(typed)
      ? Number(typed)
      : Number.NaN
  return value >= 30 && value <= 45 ? value : undefined
}

const isMark = (text: string, ...marks: readonly string[]): boolean => marks.includes(text.trim())

const readReading = (text: string, method: ThermometryMethod): PaperReading | undefined => {
  if (isMark(text, underMark, '。')) return { method, underThreshold: true }
  const temperatureCelsius = readCelsius(text)
  return temperatureCelsius === undefined ? undefined : { method, temperatureCelsius }
}

/**
 * Symptoms by their numbers in the list; digits side by side count one by one where the list is short.
 * @returns codes, or `undefined` where a number is not in the list
 */
export const readSymptoms = (text: string, codes: readonly string[]): readonly string[] | undefined => {
  const words = text.split(/[\s,，、;；]+/).filter((word) => word !== '' && word !== '0')
  const numbers = codes.length < 10 ? words.flatMap((word) => [...word]) : words
  const found = numbers.map((number) => codes[Number(number) - 1])
  return found.some((code) => code === undefined) ? undefined : [...new Set(found as string[])]
}

type Reader = { readonly methods: Methods; readonly symptoms: readonly string[]; readonly day: string }
type Read<T> = { readonly value: T; readonly unread: readonly Unread[] }

const readReadings = (
  { seat, first, second }: PersonDraft,
  { methods }: Reader,
): Read<readonly PaperReading[]> => {
  const unread: Unread[] = []
  const taken: PaperReading[] = []
  for (const [field, text, method] of [
    ['first', first, methods.first],
    ['second', second, methods.second],
  ] as const) {
    if (text.trim() === '' || isMark(text, noneMark)) continue
    const reading = readReading(text, method)
    if (reading === undefined) unread.push({ field, seat })
    else taken.push(reading)
  }
  return { value: taken, unread }
}

const kept = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

const asKeptOf = ({ covered, name, number, phone, documentKind }: PersonDraft): KeptField[] => [
  ...(covered.name !== undefined && kept(name) === undefined ? (['name'] as const) : []),
  ...(covered.document !== undefined && kept(number) === undefined && documentKind !== 'none'
    ? (['document'] as const)
    : []),
  ...(covered.phone !== undefined && kept(phone) === undefined ? (['phone'] as const) : []),
]

/** Who somebody is, as far as it is keyed anew. */
const readWho = (draft: PersonDraft) => {
  const [name, number, phone] = [kept(draft.name), kept(draft.number), kept(draft.phone)]
  const isPhone = phone === undefined || /^[0-9+ ()-]{3,20}$/.test(phone)
  const asKept = asKeptOf(draft)
  return {
    isPhone,
    value: {
      ...(name === undefined ? {} : { name }),
      document: {
        kind: draft.documentKind,
        ...(number === undefined || draft.documentKind === 'none' ? {} : { number }),
      },
      ...(phone === undefined || !isPhone ? {} : { phone }),
      ...(asKept.length === 0 ? {} : { asKept }),
    },
  }
}

const readPerson = (draft: PersonDraft, reader: Reader): Read<PaperPerson> => {
  const { seat } = draft
  const label = draft.place.trim() === '' ? undefined : readSeat(draft.place)
  const who = readWho(draft)
  const place = draft.origin.trim() === '' ? undefined : readPlace(draft.origin)
  const stays = readStays(draft.stays, reader.day)
  const symptoms = readSymptoms(draft.symptoms, reader.symptoms)
  const readings = readReadings(draft, reader)
  const hasNone = readings.value.length === 0 && isMark(draft.first, noneMark)
  return {
    value: {
      seat,
      ...(label === undefined ? {} : { seatLabel: label }),
      ...who.value,
      ...(place === undefined ? {} : { originCode: place }),
      stays: [...(stays ?? [])],
      contactWithCase: draft.contact,
      symptoms: [...(symptoms ?? [])],
      readings: [...readings.value],
      ...(hasNone ? { noReading: true as const } : {}),
    },
    unread: [
      ...(place === undefined && draft.origin.trim() !== '' ? [{ field: 'origin' as const, seat }] : []),
      ...(label === undefined && draft.place.trim() !== '' ? [{ field: 'place' as const, seat }] : []),
      ...(who.isPhone ? [] : [{ field: 'phone' as const, seat }]),
      ...(stays === undefined ? [{ field: 'stays' as const, seat }] : []),
      ...(symptoms === undefined ? [{ field: 'symptoms' as const, seat }] : []),
      ...readings.unread,
    ],
  }
}

const withoutPlateWords: readonly string[] = ['-', '无', '無', 'none', 'no']

const readHead = ({ serial, time, lane }: FormDraft) => {
  const [number, moment] = [kept(serial), kept(time)]
  const isSerial = number === undefined || /^[A-Za-z0-9-]{1,20}$/.test(number)
  const read = moment === undefined ? undefined : readTime(moment)
  const laneNumber = /^\d{1,2}$/.test(lane.trim()) ? Number(lane) : Number.NaN
  const isLane = laneNumber >= 1 && laneNumber <= 60
  return {
    value: {
      ...(number === undefined || !isSerial ? {} : { serial: number }),
      ...(read === undefined ? {} : { time: read }),
      lane: isLane ? laneNumber : 1,
    },
    unread: [
      ...(isSerial ? [] : [{ field: 'serial' as const, seat: 0 }]),
      ...(moment !== undefined && read === undefined ? [{ field: 'time' as const, seat: 0 }] : []),
      ...(isLane ? [] : [{ field: 'lane' as const, seat: 0 }]),
    ],
  }
}

/** What a draft says as far as it can be read. */
export const readDraft = (draft: FormDraft, reader: Reader): Read<PaperForm> => {
  const head = readHead(draft)
  const people = draft.people.map((person) => readPerson(person, reader))
  const plate = draft.plate.trim()
  const service = draft.run.trim() === '' ? undefined : readRun(draft.run, reader.day)
  const isWithout = withoutPlateWords.includes(plate.toLowerCase())
  return {
    value: {
      ...head.value,
      conveyance: {
        kind: draft.kind,
        ...(isWithout ? { withoutPlate: true as const } : {}),
        ...(plate === '' || isWithout ? {} : { plate: plate.slice(0, 16) }),
        ...(service === undefined ? {} : { service }),
      },
      ...(plate === '' && draft.coveredPlate !== undefined ? { plateAsKept: true as const } : {}),
      ...(draft.run.trim() === '' && draft.coveredRun !== undefined ? { serviceAsKept: true as const } : {}),
      people: people.map(({ value }) => value),
    },
    unread: [
      ...head.unread,
      ...(service === undefined && draft.run.trim() !== '' ? [{ field: 'run' as const, seat: 0 }] : []),
      ...people.flatMap(({ unread }) => unread),
    ],
  }
}

const textOfReading = (reading: PaperReading | undefined): string => {
  if (reading === undefined) return ''
  return reading.temperatureCelsius === undefined ? underMark : reading.temperatureCelsius.toFixed(1)
}

/** A kept form as it is mended: what names somebody stays covered until it is keyed anew. */
export const draftOf = (
  { id, revision }: Pick<FormDraft, 'id' | 'revision'>,
  { serial = '', time = '', lane, conveyance, people }: ShownForm,
  { symptoms, nameOf }: { readonly symptoms: readonly string[]; readonly nameOf: (code: number) => string },
): FormDraft => ({
  id,
  revision,
  serial,
  time,
  lane: String(lane),
  kind: conveyance.kind,
  plate: conveyance.withoutPlate ? noneMark : '',
  coveredPlate: conveyance.plateMasked ?? undefined,
  run: '',
  coveredRun: conveyance.serviceMasked ?? undefined,
  people: people.map((person) => ({
    ...emptyPerson(person.seat),
    place: person.seatLabel ?? '',
    documentKind: person.documentKind,
    origin: person.originCode === undefined ? '' : nameOf(person.originCode),
    stays: person.stays.map(({ areaCode, leftOn }) => `${nameOf(areaCode)} ${leftOn}`).join('; '),
    contact: person.contactWithCase,
    symptoms: person.symptoms.map((code) => symptoms.indexOf(code) + 1).join(' '),
    first: person.noReading === true ? noneMark : textOfReading(person.readings[0]),
    second: textOfReading(person.readings[1]),
    covered: Object.fromEntries(person.covered.map(({ field, masked }) => [field, masked])),
  })),
})
