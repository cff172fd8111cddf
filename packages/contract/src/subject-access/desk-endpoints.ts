import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Reason } from '../identity/look-up.ts'
import { BilingualText, CivilDate, Count, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { roles } from '../roles.ts'
import { TypedSlipCode, TypedTail } from './endpoints.ts'
import { PersonPage, PersonRecord } from './person-page.ts'
import {
  CorrectedValue,
  correctableFields,
  deskRoles,
  RequestText,
  RequestView,
  requestKinds,
  requestOutcomes,
  requestRoles,
  requestStates,
} from './requests.ts'

const closed = { additionalProperties: false } as const
const id = UuidV7

/** A request in the inbox: nothing that says whose it is. */
export const RequestLine = Type.Object(
  {
    id: Type.String(),
    kind: oneOf(requestKinds),
    field: Type.Union([oneOf(correctableFields), Type.Null()]),
    askedAt: Instant,
    dueOn: CivilDate,
    daysLeft: Type.Integer(),
    state: oneOf(requestStates),
    /** Whose turn it is. */
    holder: oneOf(roles),
    outcome: Type.Union([oneOf(requestOutcomes), Type.Null()]),
    /** Of the screening that it is about. */
    screenedOn: CivilDate,
    district: BilingualText,
    /** Whoever reads this may answer it. */
    mayAnswer: Type.Boolean(),
  },
  closed,
)
export type RequestLine = Static<typeof RequestLine>

export const RequestInbox = Type.Object(
  { requests: Type.Array(RequestLine), waitingForMe: Count, overdue: Count },
  closed,
)
export type RequestInbox = Static<typeof RequestInbox>

export const listRequests = defineEndpoint({
  id: 'subject-access.requests',
  method: 'GET',
  path: '/api/subject-access/requests',
  summary: 'Requests of persons, by due date',
  description:
    'Requests whose turn is with the role of whoever asks, in their area; the data-protection officer sees all. Names nobody.',
  access: { roles: requestRoles, area: 'actor', purpose: 'subject-access' },
  audit: { action: 'subject-access.requests', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: RequestInbox,
  errors: [],
})

/** One step in the course of a request. */
export const RequestStep = Type.Object(
  {
    at: Instant,
    step: oneOf(['opened', 'handed-on', 'answered']),
    role: oneOf(roles),
    to: Type.Union([oneOf(roles), Type.Null()]),
  },
  closed,
)

/** A request opened to be answered: the record covered, but for the field that is to be corrected. */
export const RequestFile = Type.Object(
  {
    line: RequestLine,
    request: RequestView,
    record: Type.Union([PersonRecord, Type.Null()]),
    timeZone: Type.String(),
    steps: Type.Array(RequestStep),
    /** Roles that it can be handed on to. */
    others: Type.Array(oneOf(roles)),
  },
  closed,
)
export type RequestFile = Static<typeof RequestFile>

export const openRequest = defineEndpoint({
  id: 'subject-access.open-request',
  method: 'POST',
  path: '/api/subject-access/open-request',
  summary: 'Open a request to answer it',
  description:
    'Shows the text of a request and what is held, masked but for the field to be corrected; the person is shown that it was opened.',
  access: { roles: requestRoles, area: 'actor', purpose: 'subject-access' },
  audit: { action: 'subject-access.open-request', record: 'every' },
  limits: { group: 'read', bodyBytes: 512 },
  body: Type.Object({ id }, closed),
  output: RequestFile,
  errors: ['UNKNOWN_REQUEST', 'REQUEST_NOT_YOURS'],
})

export const answerRequest = defineEndpoint({
  id: 'subject-access.answer',
  method: 'POST',
  path: '/api/subject-access/answer',
  summary: 'Answer a request',
  description:
    'Answers a request with a reason. A correction that is granted becomes a fact of its own beside the one it corrects; nothing is overwritten.',
  access: { roles: requestRoles, area: 'actor', purpose: 'subject-access' },
  audit: { action: 'subject-access.answer', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: Type.Object(
    {
      id,
      outcome: oneOf(requestOutcomes),
      text: RequestText,
      /** What the field reads from now on, of a correction that is granted. */
      correctedTo: Type.Optional(CorrectedValue),
    },
    closed,
  ),
  output: Type.Object({ answered: Type.Boolean() }, closed),
  errors: [
    'UNKNOWN_REQUEST',
    'REQUEST_NOT_YOURS',
    'REQUEST_ALREADY_ANSWERED',
    'CORRECTION_MISSING',
    'IDENTITY_DESTROYED',
    'TEXT_NOT_WELL_FORMED',
  ],
})

export const handOnRequest = defineEndpoint({
  id: 'subject-access.hand-on',
  method: 'POST',
  path: '/api/subject-access/hand-on',
  summary: 'Hand a request on to another role',
  description: 'Gives the turn to another role that may answer a request of this kind, with a note.',
  access: { roles: requestRoles, area: 'actor', purpose: 'subject-access' },
  audit: { action: 'subject-access.hand-on', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  body: Type.Object({ id, to: oneOf(requestRoles), note: RequestText }, closed),
  output: Type.Object({ handedOn: Type.Boolean() }, closed),
  errors: ['UNKNOWN_REQUEST', 'REQUEST_NOT_YOURS', 'REQUEST_ALREADY_ANSWERED', 'TEXT_NOT_WELL_FORMED'],
})

export const openDeskPage = defineEndpoint({
  id: 'subject-access.desk-page',
  method: 'POST',
  path: '/api/subject-access/desk-page',
  summary: 'Open a person’s page for them at a desk',
  description:
    'The same page for somebody without a phone, to be printed: by slip code and last four characters, or of a person just looked up for this purpose. Where neither document nor phone was recorded, the code and the officer’s word of who was checked suffice. The person is shown each time.',
  access: { roles: deskRoles, area: 'actor', purpose: 'subject-access' },
  audit: { action: 'subject-access.desk-page', record: 'every' },
  limits: { group: 'read', bodyBytes: 4_096 },
  body: Type.Object(
    {
      /** How the person was recognised. */
      reason: Reason,
      by: Type.Union([
        Type.Object({ code: TypedSlipCode, tail: Type.Optional(TypedTail) }, closed),
        Type.Object({ screeningId: UuidV7, seat: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
      ]),
    },
    closed,
  ),
  output: PersonPage,
  errors: [
    'SLIP_CODE_MISTYPED',
    'SLIP_NOT_OPENED',
    'SLIP_TRIES_PAUSED',
    'NOT_LOOKED_UP',
    'REASON_TOO_SHORT',
    'TEXT_NOT_WELL_FORMED',
  ],
})
