import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { type Bilingual, Instant, OriginCode, oneOf, printable, UuidV7 } from '../primitives.ts'
import { Conveyance, Exposure, SeatLabel, TravelDocument } from '../screening/record-screening.ts'
import { conveyanceKinds, documentKinds, thermometryMethods } from '../screening/vocabulary.ts'

const closed = { additionalProperties: false } as const

/** As many people as one paper form can name; a sheet takes four, and sheets can be clipped together. */
export const mostPeopleOfForm = 20

/** What of a person stays as it was keyed: it is answered covered, and need not be keyed again to be kept. */
export const keptFields = ['name', 'document', 'phone'] as const
export type KeptField = (typeof keptFields)[number]

/** A temperature as it stands on paper: a number, or that it was under the threshold. */
export const PaperReading = Type.Object(
  {
    method: oneOf(thermometryMethods),
    temperatureCelsius: Type.Optional(classified('health', Type.Number({ minimum: 30, maximum: 45 }))),
    underThreshold: Type.Optional(classified('health', Type.Literal(true))),
  },
  closed,
)
export type PaperReading = Static<typeof PaperReading>

const PaperStay = Type.Pick(Exposure, ['areaCode', 'leftOn'], closed)
const Seat = Type.Integer({ minimum: 1, maximum: mostPeopleOfForm })

/** What of a person names nobody. */
const found = {
  /** Where the ticket says they sit. */
  seatLabel: Type.Optional(SeatLabel),
  originCode: Type.Optional(OriginCode),
  stays: classified('health', Type.Array(PaperStay, { maxItems: 10 })),
  contactWithCase: classified('health', Type.Boolean()),
  symptoms: classified(
    'health',
    Type.Array(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }), { maxItems: 20, uniqueItems: true }),
  ),
  readings: classified('health', Type.Array(PaperReading, { maxItems: 2 })),
  /** Nothing stands on the paper, or nothing that can be read. */
  noReading: Type.Optional(Type.Literal(true)),
} as const

export const PaperPerson = Type.Object(
  {
    seat: Seat,
    name: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 80, pattern: printable })),
    ),
    document: TravelDocument,
    phone: Type.Optional(
      classified('identity', Type.String({ minLength: 3, maxLength: 20, pattern: '^[0-9+ ()-]*$' })),
    ),
    asKept: Type.Optional(Type.Array(oneOf(keptFields), { maxItems: keptFields.length, uniqueItems: true })),
    ...found,
  },
  closed,
)
export type PaperPerson = Static<typeof PaperPerson>

const head = {
  /** The number that is written or printed on the paper, where it has one. */
  serial: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$', maxLength: 20 })),
  /** Local time of the screening as it stands on the paper, 24 hours. */
  time: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', maxLength: 5 })),
  lane: Type.Integer({ minimum: 1, maximum: 60 }),
} as const

/** One paper form as it is keyed, finished or not: what is missing is said, and kept nevertheless. */
export const PaperForm = Type.Object(
  {
    ...head,
    conveyance: Type.Pick(Conveyance, ['kind', 'plate', 'withoutPlate', 'service'], closed),
    plateAsKept: Type.Optional(Type.Literal(true)),
    serviceAsKept: Type.Optional(Type.Literal(true)),
    /** Whoever keys it is not done, or something was typed that could not be read. */
    unfinished: Type.Optional(Type.Literal(true)),
    people: Type.Array(PaperPerson, { maxItems: mostPeopleOfForm }),
  },
  closed,
)
export type PaperForm = Static<typeof PaperForm>

/** A kept field with most of it covered. */
const Covered = Type.Object({ field: oneOf(keptFields), masked: Type.String() }, closed)

/** A form as it is shown again: what names somebody is covered, the rest as keyed. */
export const ShownForm = Type.Object(
  {
    ...head,
    conveyance: Type.Object(
      {
        kind: oneOf(conveyanceKinds),
        withoutPlate: Type.Boolean(),
        plateMasked: Type.Union([Type.String(), Type.Null()]),
        /** Number, day and carriage of the run, the number covered. */
        serviceMasked: Type.Union([Type.String(), Type.Null()]),
      },
      closed,
    ),
    people: Type.Array(
      Type.Object(
        { seat: Seat, documentKind: oneOf(documentKinds), covered: Type.Array(Covered), ...found },
        closed,
      ),
    ),
  },
  closed,
)
export type ShownForm = Static<typeof ShownForm>

/** What keeps a form from being recorded; seat 0 is the form itself. */
export const paperProblems = [
  'unfinished',
  'time-missing',
  'time-ahead',
  'plate-missing',
  'nobody',
  'origin-missing',
  'temperature-missing',
  'temperature-too-fine',
] as const
export type PaperProblemCode = (typeof paperProblems)[number]

export const paperProblemNames: Readonly<Record<PaperProblemCode, Bilingual>> = {
  unfinished: { zh: '还没录完', en: 'Not keyed to the end' },
  'time-missing': { zh: '缺查验时间', en: 'The time of the screening is missing' },
  'time-ahead': { zh: '查验时间还没到', en: 'The time of the screening lies ahead' },
  'plate-missing': { zh: '缺车牌；没有请填“无”', en: 'The plate is missing; say “none” if there is none' },
  nobody: { zh: '没有登记人员', en: 'Nobody is on the form' },
  'origin-missing': { zh: '缺出发地', en: 'Where they set out from is missing' },
  'temperature-missing': {
    zh: '缺体温；表上没有请填“-”',
    en: 'The temperature is missing; key “-” if the paper has none',
  },
  'temperature-too-fine': { zh: '体温只到小数点后一位', en: 'Temperatures have one decimal' },
}

export const PaperProblem = Type.Object(
  { code: oneOf(paperProblems), seat: Type.Integer({ minimum: 0, maximum: mostPeopleOfForm }) },
  closed,
)
export type PaperProblem = Static<typeof PaperProblem>

/** How a form was found to look like something else. */
export const sameByKinds = ['plate', 'document', 'serial'] as const
export type SameBy = (typeof sameByKinds)[number]

/** Something of the same day that may be what the form says: recorded already, or keyed twice. */
export const PaperLikeness = Type.Object(
  {
    by: oneOf(sameByKinds),
    /** Null where it is another form of this post and day. */
    screeningId: Type.Union([UuidV7, Type.Null()]),
    formId: Type.Union([UuidV7, Type.Null()]),
    at: Type.Union([Instant, Type.Null()]),
    postId: Type.Integer(),
    lane: Type.Integer(),
    /** It was keyed from paper as well; otherwise a phone sent it. */
    fromPaper: Type.Boolean(),
    /** So near in time, or so alike, that somebody has to say that it is another one. */
    near: Type.Boolean(),
  },
  closed,
)
export type PaperLikeness = Static<typeof PaperLikeness>

export const paperStates = ['kept', 'rejected', 'recorded', 'taken-back'] as const
export type PaperState = (typeof paperStates)[number]

export const paperStateNames: Readonly<Record<PaperState, Bilingual>> = {
  kept: { zh: '待入库', en: 'Kept' },
  rejected: { zh: '被退回', en: 'Rejected' },
  recorded: { zh: '已入库', en: 'Recorded' },
  'taken-back': { zh: '已撤下', en: 'Taken back' },
}

/** Why a form is not recorded. */
export const takeBackGrounds = [
  'recorded-by-phone',
  'keyed-twice',
  'not-of-this-post',
  'cannot-be-read',
] as const
export type TakeBackGround = (typeof takeBackGrounds)[number]

export const takeBackGroundNames: Readonly<Record<TakeBackGround, Bilingual>> = {
  'recorded-by-phone': { zh: '手机已经登记', en: 'A phone recorded it' },
  'keyed-twice': { zh: '重复录入', en: 'Keyed twice' },
  'not-of-this-post': { zh: '不是本点位当天的表', en: 'Not of this post and day' },
  'cannot-be-read': { zh: '字迹无法辨认', en: 'Cannot be read' },
}
