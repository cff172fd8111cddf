import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import { DueContactView, NamedSign, Signs, Temperature } from './observation.ts'
import { quarantineFields } from './people.ts'
import { helpKinds, helpResults, quarantineSites, quarantineStates } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** The secret of the link on a notice; it stands behind the `#` and is sent in bodies alone. */
export const QuarantineSecret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', minLength: 43, maxLength: 43 })

/** A word that was taken, or that was there already. */
export const QuarantineRecorded = Type.Object(
  { id: Type.String(), recordedAt: Instant, duplicate: Type.Boolean() },
  closed,
)

/** What the person sees of their own quarantine: nothing that says who they are. */
export const OwnQuarantine = Type.Object(
  {
    responseName: BilingualText,
    subject: oneOf(['person', 'house']),
    site: oneOf(quarantineSites),
    state: oneOf(quarantineStates),
    timeZone: Type.String(),
    countedFrom: CivilDate,
    lastDay: CivilDate,
    dayNumber: Type.Integer(),
    days: Type.Integer(),
    feverCelsius: Type.Union([Type.Number(), Type.Null()]),
    signs: Type.Array(NamedSign),
    /** Contacts of the last days and everything to come, so that the page tells them without a network. */
    contacts: Type.Array(DueContactView),
    help: Type.Array(
      Type.Object(
        {
          id: UuidV7,
          help: oneOf(helpKinds),
          askedAt: Instant,
          result: Type.Union([oneOf(helpResults), Type.Null()]),
        },
        closed,
      ),
    ),
    /** Who saw something of them, and when. */
    seenBy: Type.Array(
      Type.Object(
        {
          at: Instant,
          role: Type.String(),
          fields: Type.Array(oneOf(quarantineFields)),
          /** With most of it covered; left out where it was in full. */
          covered: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
    legalBasis: BilingualText,
    /** Where they are being handed on to, or were before it was taken back, and which district answers for them; null where neither. */
    handOver: Type.Union([
      Type.Object({ from: BilingualText, to: BilingualText, is: oneOf(['waiting', 'taken-back']) }, closed),
      Type.Null(),
    ]),
    asOf: Instant,
  },
  closed,
)
export type OwnQuarantine = Static<typeof OwnQuarantine>

const open = { roles: 'anyone', area: 'none', purpose: 'subject-access' } as const

export const readOwnQuarantine = defineEndpoint({
  id: 'quarantine.own',
  method: 'POST',
  path: '/api/quarantine/own',
  summary: 'My own quarantine',
  description:
    'What the link on a notice opens: which day it is, when reports are due, and what was asked for. Says nothing of who the person is.',
  access: open,
  audit: { action: 'quarantine.own', record: 'every' },
  limits: { group: 'read', bodyBytes: 256 },
  body: Type.Object({ secret: QuarantineSecret }, closed),
  output: OwnQuarantine,
  errors: ['QUARANTINE_LINK_UNKNOWN', 'QUARANTINE_LINK_REPLACED', 'QUARANTINE_MOVED', 'QUARANTINE_OVER'],
})

/** More than anyone has to say in a day. */
export const mostReportsPerDay = 20

export const reportQuarantine = defineEndpoint({
  id: 'quarantine.report',
  method: 'POST',
  path: '/api/quarantine/report',
  summary: 'Report how I am',
  description:
    'Records a report of the person themselves, made when its id says, which may be sent later. Sent again, it is answered as a duplicate.',
  access: open,
  audit: { action: 'quarantine.report', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_048 },
  body: Type.Object(
    {
      secret: QuarantineSecret,
      id: UuidV7,
      occurredAt: Instant,
      temperatureCelsius: Type.Optional(Temperature),
      signs: Signs,
    },
    closed,
  ),
  output: QuarantineRecorded,
  successStatus: 201,
  errors: [
    'QUARANTINE_LINK_UNKNOWN',
    'QUARANTINE_LINK_REPLACED',
    'QUARANTINE_MOVED',
    'QUARANTINE_OVER',
    'QUARANTINE_TIME_RUNS_BACK',
    'QUARANTINE_SIGN_UNKNOWN',
    'QUARANTINE_REPORTS_FULL',
    'COMMAND_ID_REUSED',
    'ID_TIME_MISMATCH',
    'OCCURRED_IN_FUTURE',
    'IMPOSSIBLE_TIME',
  ],
})

export const askQuarantineHelp = defineEndpoint({
  id: 'quarantine.ask',
  method: 'POST',
  path: '/api/quarantine/ask',
  summary: 'Ask for supplies or help',
  description:
    'Records what the person asks for; its words are sealed at once. It stays open until an officer says what became of it.',
  access: open,
  audit: { action: 'quarantine.ask', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_048 },
  body: Type.Object(
    {
      secret: QuarantineSecret,
      id: UuidV7,
      occurredAt: Instant,
      help: oneOf(helpKinds),
      note: Type.Optional(
        classified('identity', Type.String({ minLength: 1, maxLength: 300, pattern: printable })),
      ),
    },
    closed,
  ),
  output: QuarantineRecorded,
  successStatus: 201,
  errors: [
    'QUARANTINE_LINK_UNKNOWN',
    'QUARANTINE_LINK_REPLACED',
    'QUARANTINE_MOVED',
    'QUARANTINE_OVER',
    'QUARANTINE_TIME_RUNS_BACK',
    'QUARANTINE_REPORTS_FULL',
    'COMMAND_ID_REUSED',
    'ID_TIME_MISMATCH',
    'OCCURRED_IN_FUTURE',
    'IMPOSSIBLE_TIME',
    'TEXT_NOT_WELL_FORMED',
  ],
})
