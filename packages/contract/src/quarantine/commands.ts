import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { CivilDate, DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import { documentKinds } from '../screening/vocabulary.ts'
import { Signs, Temperature } from './observation.ts'
import {
  contactResults,
  contactWays,
  extensionReasons,
  helpKinds,
  helpResults,
  leaveReasons,
  quarantineSites,
  releaseReasons,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const personal = (maxLength: number) =>
  classified('identity', Type.String({ minLength: 1, maxLength, pattern: printable }))

const named = { schemaVersion: Type.Literal(1), id: UuidV7, jurisdiction: DivisionCode, occurredAt: Instant }

/** Words beside a fact; sealed at once, because they name people. */
export const QuarantineNote = personal(500)

export const PersonToStay = Type.Object(
  {
    /** Left out where a screening is named: the name given there counts. */
    name: Type.Optional(personal(80)),
    document: Type.Optional(Type.Object({ kind: oneOf(documentKinds), number: personal(40) }, closed)),
    phone: Type.Optional(personal(40)),
    address: personal(200),
  },
  closed,
)
export type PersonToStay = Static<typeof PersonToStay>

/** Somebody is to stay where they are told to. The id is that of the episode: a second quarantine is an order of its own. */
export const OrderQuarantine = Type.Object(
  {
    kind: Type.Literal('quarantine.order'),
    ...named,
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    site: oneOf(quarantineSites),
    lastExposureOn: Type.Optional(classified('health', CivilDate)),
    person: PersonToStay,
    /** The screening and seat that it came from. */
    screening: Type.Optional(
      Type.Object({ screeningId: UuidV7, seat: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
    ),
    /** The area of another city that handed the person on. */
    fromArea: Type.Optional(DivisionCode),
  },
  { ...closed, $id: 'OrderQuarantine' },
)
export type OrderQuarantine = Static<typeof OrderQuarantine>

const step = <const Kind extends string, const Fields extends Type.TProperties>(kind: Kind, fields: Fields) =>
  Type.Object(
    {
      kind: Type.Literal(kind),
      ...named,
      quarantineId: UuidV7,
      ...fields,
      note: Type.Optional(QuarantineNote),
    },
    closed,
  )

export const DeliverNotice = step('quarantine.deliver', {})
/** An officer tried to reach somebody, on the way told. */
export const RecordContact = step('quarantine.contact', {
  way: oneOf(contactWays),
  result: oneOf(contactResults),
  temperatureCelsius: Type.Optional(Temperature),
  signs: Signs,
})
export const BeginLeave = step('quarantine.leave', { reason: oneOf(leaveReasons) })
export const EndLeave = step('quarantine.return', {})
export const AskHelp = step('quarantine.ask-help', { help: oneOf(helpKinds) })
export const CloseHelp = step('quarantine.close-help', { helpId: UuidV7, result: oneOf(helpResults) })

/** Every link that was given out before stops working; the one given out next is another one. */
export const ReplaceLink = step('quarantine.relink', {})

/** What happened, as phones and desks tell it: it is taken whatever else is known. */
export const QuarantineHappening = Type.Union([
  DeliverNotice,
  RecordContact,
  BeginLeave,
  EndLeave,
  AskHelp,
  CloseHelp,
  ReplaceLink,
])

export const ExtendQuarantine = step('quarantine.extend', {
  lastDay: CivilDate,
  reason: oneOf(extensionReasons),
})
/** Hands somebody on to another area, of this city or another. */
export const TransferQuarantine = step('quarantine.transfer', { toArea: DivisionCode })
/** The receiving area takes somebody over. */
export const ReceiveQuarantine = step('quarantine.receive', {})
/** Another city said that it received somebody. */
export const NoteReceipt = step('quarantine.receipt', {})
/** Takes somebody back who was handed on and whom nobody has received yet. */
export const WithdrawTransfer = step('quarantine.withdraw', {})
export const ReleaseQuarantine = step('quarantine.release', { reason: oneOf(releaseReasons) })

/** What is decided at a desk, on everything that is known there. */
export const QuarantineDecision = Type.Union([
  ExtendQuarantine,
  TransferQuarantine,
  ReceiveQuarantine,
  NoteReceipt,
  WithdrawTransfer,
  ReleaseQuarantine,
])

export type QuarantineHappening = Static<typeof QuarantineHappening>
export type QuarantineDecision = Static<typeof QuarantineDecision>

export const QuarantineStepCommand = Type.Union([...QuarantineHappening.anyOf, ...QuarantineDecision.anyOf])
export type QuarantineStepCommand = QuarantineHappening | QuarantineDecision
