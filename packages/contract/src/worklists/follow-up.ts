import Type, { type Static, type TSchema } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Count, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { calledKinds, callers, callOutcomes, listLeads, rowStates, worklistKinds } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const RowNumber = Type.Integer({ minimum: 1, maximum: 10_000_000 })
const AccountId = Type.String({ format: 'uuid', minLength: 36, maxLength: 36 })

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** What is known of the same phone, document or plate besides this row: that it is, never what. */
export const KnownElsewhere = Type.Object(
  {
    screenings: Count,
    lastScreenedOn: nullable(CivilDate),
    /** Other rows of lists with the same person or vehicle. */
    rows: Count,
    /** The latest outcome among them. */
    outcome: nullable(oneOf(callOutcomes)),
    /** Under an order of quarantine in force, where somebody calls every day already. */
    quarantined: Type.Boolean(),
  },
  closed,
)
export type KnownElsewhere = Static<typeof KnownElsewhere>

/** One row as whoever calls sees it: name, phone and what to ask. No document, no address. */
export const CallView = Type.Object(
  {
    listId: UuidV7,
    row: RowNumber,
    kind: oneOf(calledKinds),
    title: Type.String(),
    name: nullable(classified('identity', Type.String())),
    phone: classified('identity', Type.String()),
    attempts: Count,
    claimedUntil: Instant,
    /** By when the people of its list are to be reached; null where nobody said. */
    dueAt: nullable(Instant),
    last: nullable(Type.Object({ outcome: oneOf(callOutcomes), at: Instant }, closed)),
    known: KnownElsewhere,
  },
  closed,
)
export type CallView = Static<typeof CallView>

export const openNextCall = defineEndpoint({
  id: 'worklists.next',
  method: 'POST',
  path: '/api/worklists/next',
  summary: 'Take the next person to call',
  description:
    'The row is this clerk’s for twenty minutes, so that nobody is called by two. Own call-backs come first, then what is overdue, then what has never been called. Every opening is audited.',
  access: { roles: callers, area: 'actor', purpose: 'follow-up' },
  audit: { action: 'worklists.next', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ listId: Type.Optional(UuidV7), row: Type.Optional(RowNumber) }, closed),
  output: Type.Object({ call: nullable(CallView) }, closed),
  errors: ['UNKNOWN_WORKLIST', 'WORKLIST_ROW_TAKEN', 'IDENTITY_DESTROYED'],
})

export const releaseCall = defineEndpoint({
  id: 'worklists.release',
  method: 'POST',
  path: '/api/worklists/release',
  summary: 'Give a row back without a call',
  description: 'It is there for others at once.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.release', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ listId: UuidV7, row: RowNumber }, closed),
  output: Type.Object({ released: Type.Boolean() }, closed),
  errors: ['UNKNOWN_WORKLIST'],
})

export const RowStanding = Type.Object(
  { state: oneOf(rowStates), attempts: Count, nextAt: nullable(Instant) },
  closed,
)

export const recordCall = defineEndpoint({
  id: 'worklists.record',
  method: 'POST',
  path: '/api/worklists/record',
  summary: 'Record what came of a call',
  description:
    'A fact is added; when to call again, and when to send somebody, follows from the ladder of the outcome. A visit seals the address for those who go.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.record', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      id: UuidV7,
      listId: UuidV7,
      row: RowNumber,
      outcome: oneOf(callOutcomes),
      /** By number of the question in the script. */
      answers: Type.Array(oneOf(['yes', 'no', 'unknown']), { maxItems: 12 }),
      callAt: Type.Optional(Instant),
    },
    closed,
  ),
  output: RowStanding,
  errors: ['UNKNOWN_WORKLIST', 'WORKLIST_ROW_TAKEN', 'CALL_TIME_NOT_POSSIBLE', 'IDENTITY_DESTROYED'],
})

export const takeBackCall = defineEndpoint({
  id: 'worklists.take-back',
  method: 'POST',
  path: '/api/worklists/take-back',
  summary: 'Take the last outcome back',
  description:
    'Adds a fact that names it; the row stands as it stood before. Own outcomes of the last hour alone.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.take-back', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ id: UuidV7, listId: UuidV7, row: RowNumber, takesBack: UuidV7 }, closed),
  output: RowStanding,
  errors: ['UNKNOWN_WORKLIST', 'CALL_NOT_TAKEN_BACK'],
})

/** A row that waits for this clerk: where it stands, not who it is. */
export const QueuedCall = Type.Object(
  {
    listId: UuidV7,
    row: RowNumber,
    title: Type.String(),
    kind: oneOf(worklistKinds),
    attempts: Count,
    outcome: nullable(oneOf(callOutcomes)),
    nextAt: Instant,
    claimed: Type.Boolean(),
  },
  closed,
)
export type QueuedCall = Static<typeof QueuedCall>

export const readCallQueue = defineEndpoint({
  id: 'worklists.queue',
  method: 'GET',
  path: '/api/worklists/queue',
  summary: 'Own call-backs, and how much there is to call',
  description: 'The next 50 call-backs of this clerk by when they are due, and counts; no names.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.queue', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    {
      asOf: Instant,
      calls: Type.Array(QueuedCall),
      /** Never called, or due and nobody’s. */
      ready: Count,
      callsToday: Count,
      /** The latest own outcome that can be taken back. */
      last: nullable(
        Type.Object({ id: UuidV7, listId: UuidV7, row: RowNumber, outcome: oneOf(callOutcomes) }, closed),
      ),
    },
    closed,
  ),
  errors: [],
})

export const reassignCalls = defineEndpoint({
  id: 'worklists.reassign',
  method: 'POST',
  path: '/api/worklists/reassign',
  summary: 'Give the call-backs of a clerk to another one, or to all',
  description: 'Rows that are being called at this moment stay where they are.',
  access: { roles: listLeads, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.reassign', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ from: AccountId, to: nullable(AccountId) }, closed),
  output: Type.Object({ moved: Count }, closed),
  errors: ['UNKNOWN_CLERK'],
})

export const separateRows = defineEndpoint({
  id: 'worklists.separate',
  method: 'POST',
  path: '/api/worklists/separate',
  summary: 'Call the rows that look like others on their own',
  description: 'For lists where one phone stands for several people, such as that of a tour guide.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.separate', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ listId: UuidV7 }, closed),
  output: Type.Object({ rows: Count }, closed),
  errors: ['UNKNOWN_WORKLIST', 'WORKLIST_NOT_BROUGHT'],
})
