import Type from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { Reason } from '../identity/look-up.ts'
import { DivisionCode, oneOf, UuidV7 } from '../primitives.ts'
import { OrderQuarantine, QuarantineStepCommand } from './commands.ts'
import { QuarantineRecorded, QuarantineSecret } from './own.ts'
import { quarantineDeciders, quarantineFields, quarantineReaders, quarantineWorkers } from './people.ts'
import { QuarantineBoard, QuarantineFile } from './views.ts'

const closed = { additionalProperties: false } as const
const One = Type.Object({ jurisdiction: DivisionCode, id: UuidV7 }, closed)

const timeRefusals = [
  'ROLE_NOT_ALLOWED',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'IMPOSSIBLE_TIME',
  'TEXT_NOT_WELL_FORMED',
] as const

export const orderQuarantine = defineEndpoint({
  id: 'quarantine.order',
  method: 'POST',
  path: '/api/quarantine/orders',
  summary: 'Order a quarantine',
  description:
    'Begins an episode for one person, whose identity is sealed at once. Days count from the last exposure or from the order, as the response says. Phones send the same by sync.push.',
  access: { roles: quarantineDeciders, area: 'body.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.order', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  body: OrderQuarantine,
  output: QuarantineRecorded,
  successStatus: 201,
  errors: [
    ...timeRefusals,
    'UNKNOWN_RESPONSE',
    'OUTSIDE_COLLECTION',
    'QUARANTINE_NO_PLAN',
    'QUARANTINE_SITE_NOT_ALLOWED',
    'QUARANTINE_EXPOSURE_IMPOSSIBLE',
    'QUARANTINE_PERSON_UNKNOWN',
    'QUARANTINE_AREA_WRONG',
    'IDENTITY_DESTROYED',
    'DATABASE_UNAVAILABLE',
  ],
})

export const actOnQuarantine = defineEndpoint({
  id: 'quarantine.act',
  method: 'POST',
  path: '/api/quarantine/acts',
  summary: 'Add to a quarantine',
  description:
    'Adds one fact: notice delivered, contact tried, leave and return, extension, hand-over and receipt or taking back, release, help asked for or answered, another link. Sent again, it is answered as a duplicate.',
  access: { roles: quarantineWorkers, area: 'body.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.act', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: QuarantineStepCommand,
  output: QuarantineRecorded,
  successStatus: 201,
  errors: [
    ...timeRefusals,
    'UNKNOWN_QUARANTINE',
    'QUARANTINE_OVER',
    'QUARANTINE_NOT_RECEIVED',
    'QUARANTINE_NOTHING_TO_RECEIVE',
    'QUARANTINE_NOTHING_TO_WITHDRAW',
    'QUARANTINE_TAKEN_BACK',
    'QUARANTINE_LINKS_SPENT',
    'QUARANTINE_IN_TRANSFER',
    'QUARANTINE_AWAY',
    'QUARANTINE_NOT_AWAY',
    'QUARANTINE_LAST_DAY_WRONG',
    'QUARANTINE_NOT_DUE',
    'QUARANTINE_NOTE_NEEDED',
    'QUARANTINE_TIME_RUNS_BACK',
    'QUARANTINE_SIGN_UNKNOWN',
    'QUARANTINE_AREA_WRONG',
    'DATABASE_UNAVAILABLE',
  ],
})

/** Episodes that are over are listed for this long after they were ordered. */
export const quarantineKeptDays = 60
export const mostQuarantines = 2_000

export const readQuarantineBoard = defineEndpoint({
  id: 'quarantine.board',
  method: 'GET',
  path: '/api/quarantine',
  summary: 'Quarantine in an area',
  description:
    'Every open episode and those of the last weeks, the overdue ones first, each with its days. Names nobody.',
  access: { roles: quarantineReaders, area: 'query.area', purpose: 'follow-up' },
  audit: { action: 'quarantine.board', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: QuarantineBoard,
  errors: ['UNKNOWN_AREA'],
})

export const readQuarantineFile = defineEndpoint({
  id: 'quarantine.file',
  method: 'GET',
  path: '/api/quarantine/file',
  summary: 'One quarantine with its history',
  description:
    'Every fact of an episode, its days, open requests for help, and the person covered. Each opening is audited.',
  access: { roles: quarantineWorkers, area: 'query.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.file', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: One,
  output: QuarantineFile,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_QUARANTINE'],
})

export const unmaskQuarantineField = defineEndpoint({
  id: 'quarantine.unmask',
  method: 'POST',
  path: '/api/quarantine/unmask',
  summary: 'Show one field of a person in quarantine',
  description:
    'Shows one field in full to whoever follows the person up, for a reason in words, within the limits of look-ups. Each time is kept with its reason.',
  access: { roles: quarantineWorkers, area: 'body.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.unmask', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object(
    { jurisdiction: DivisionCode, id: UuidV7, field: oneOf(quarantineFields), reason: Reason },
    closed,
  ),
  output: Type.Object(
    {
      field: oneOf(quarantineFields),
      text: classified('identity', Type.String()),
      shownForSeconds: Type.Integer({ minimum: 1 }),
    },
    closed,
  ),
  errors: [
    'UNKNOWN_QUARANTINE',
    'REASON_TOO_SHORT',
    'TEXT_NOT_WELL_FORMED',
    'FIELD_NOT_HELD',
    'IDENTITY_DESTROYED',
    'LOOK_UP_LIMIT_REACHED',
  ],
})

export const readQuarantineLink = defineEndpoint({
  id: 'quarantine.link',
  method: 'POST',
  path: '/api/quarantine/link',
  summary: 'The link by which somebody reports',
  description:
    'The secret of the link for the person themselves, for a message or a code to scan. It opens that one episode, names nobody, and ends with it.',
  access: { roles: quarantineWorkers, area: 'body.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.link', record: 'every' },
  limits: { group: 'read', bodyBytes: 256 },
  body: One,
  output: Type.Object({ secret: QuarantineSecret }, closed),
  errors: ['UNKNOWN_QUARANTINE', 'QUARANTINE_OVER'],
})

export const printedPapers = ['notice', 'certificate'] as const
export type PrintedPaper = (typeof printedPapers)[number]

export const printQuarantine = defineEndpoint({
  id: 'quarantine.print',
  method: 'POST',
  path: '/api/quarantine/print',
  summary: 'Print the notice or the certificate of release',
  description:
    'Makes the paper for the person as a PDF in Chinese and English. The notice carries the legal basis and the link by which they report; the certificate is there once they are released. The person sees that it was made.',
  access: { roles: quarantineWorkers, area: 'body.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'quarantine.print', record: 'every' },
  limits: { group: 'read', bodyBytes: 256 },
  stream: 'file',
  body: Type.Object({ jurisdiction: DivisionCode, id: UuidV7, paper: oneOf(printedPapers) }, closed),
  output: Type.Object({}, closed),
  errors: [
    'UNKNOWN_QUARANTINE',
    'IDENTITY_DESTROYED',
    'QUARANTINE_OVER',
    'QUARANTINE_NOT_RELEASED',
    'LOOK_UP_LIMIT_REACHED',
  ],
})
