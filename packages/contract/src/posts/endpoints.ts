import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Jurisdiction, Post } from '../places/place.ts'
import { CivilDate, Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { HealthCheck, RecordPostFact } from './record-post-fact.ts'
import {
  BoardPost,
  DeviceAtPost,
  PostSlot,
  QueueSeen,
  RecentFlow,
  ShownOfficer,
  ShownPostFact,
  WaitEstimate,
} from './shown-post.ts'
import { crewRoles, senderRoles } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const PostId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const readLimits = { group: 'read', bodyBytes: 0 } as const

export const recordPostFactRefusals = [
  'INVALID_INPUT',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'IMPOSSIBLE_TIME',
  'UNKNOWN_POST',
  'UNKNOWN_LANE',
  'READING_INCOMPLETE',
  'READING_TOO_FINE',
  'NOT_OF_THIS_ROLE',
  'NOT_YOURSELF',
  'REINFORCEMENT_TOO_LONG',
  'UNKNOWN_OFFICER',
  'NOBODY_NAMED',
  'BOOK_NAMES_SOMEBODY',
] as const

export const recordPostFact = defineEndpoint({
  id: 'posts.record',
  method: 'POST',
  path: '/api/posts/facts',
  summary: 'Record something in the running of a post',
  description:
    'Officers coming and going, lanes, queue, reinforcement, supplies and the hand-over book. Phones send the same by sync.push, also officers of other areas who were sent to the post and have arrived. Sent again, it is answered as a duplicate.',
  access: {
    roles: [...crewRoles, 'duty-planner', 'commander'],
    area: 'body.jurisdiction',
    purpose: 'screening',
  },
  audit: { action: 'posts.record', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: RecordPostFact,
  output: Type.Object({ id: Type.String(), recordedAt: Instant, duplicate: Type.Boolean() }, closed),
  successStatus: 201,
  errors: recordPostFactRefusals,
})

export const PostsBoard = Type.Object({ asOf: Instant, posts: Type.Array(BoardPost) }, closed)
export type PostsBoard = Static<typeof PostsBoard>

export const readPostsBoard = defineEndpoint({
  id: 'posts.board',
  method: 'GET',
  path: '/api/posts/board',
  summary: 'How every post of the area runs',
  description:
    'State, lanes, crew, pace, queue with its wait, reinforcement, supplies, open entries and phones of each post, as they follow from the facts.',
  access: {
    roles: ['post-lead', 'duty-planner', 'commander', 'auditor'],
    area: 'query.area',
    purpose: 'monitoring',
  },
  audit: { action: 'posts.board', record: 'denied' },
  limits: readLimits,
  query: Type.Object({ area: DivisionCode }, closed),
  output: PostsBoard,
  errors: ['UNKNOWN_AREA'],
})

/** Facts of a post, and what the server alone can count: whoever reads them derives the state as the server does. */
export const PostView = Type.Object(
  {
    postId: PostId,
    asOf: Instant,
    day: CivilDate,
    facts: Type.Array(ShownPostFact),
    officers: Type.Array(ShownOfficer),
    flow: RecentFlow,
    queueSeen: nullable(QueueSeen),
    wait: WaitEstimate,
    slots: Type.Array(PostSlot),
    /** Hand-overs of people that no clinic has taken yet. */
    handoversOpen: Count,
    devices: Type.Array(DeviceAtPost),
  },
  closed,
)
export type PostView = Static<typeof PostView>

export const readPost = defineEndpoint({
  id: 'posts.post',
  method: 'GET',
  path: '/api/posts/post',
  summary: 'How one post runs',
  description:
    'Its facts of the last days as far as they still count, who is named in them, flow and wait, the curve of a day, and the phones used there. Also for officers of other areas between arriving as a reinforcement and leaving. Inspectors are not shown phones.',
  access: {
    roles: [...crewRoles, 'duty-planner', 'commander'],
    area: 'actor',
    purpose: 'monitoring',
  },
  audit: { action: 'posts.post', record: 'every' },
  limits: readLimits,
  query: Type.Object({ postId: PostId, day: Type.Optional(CivilDate) }, closed),
  output: PostView,
  errors: ['UNKNOWN_POST', 'OUTSIDE_AREA'],
})

export const CrewCheck = Type.Object(
  { factId: Type.String(), officerId: Type.String(), occurredAt: Instant, health: HealthCheck },
  closed,
)
export type CrewCheck = Static<typeof CrewCheck>

export const readCrewHealth = defineEndpoint({
  id: 'posts.crew-health',
  method: 'GET',
  path: '/api/posts/crew-health',
  summary: 'Health checks of those on post',
  description:
    'What officers measured and said of themselves on coming to the post in the last 24 hours, for the lead alone. Each look is audited.',
  access: { roles: ['post-lead'], area: 'actor', purpose: 'screening' },
  audit: { action: 'posts.crew-health', record: 'every' },
  limits: readLimits,
  query: Type.Object({ postId: PostId }, closed),
  output: Type.Object({ asOf: Instant, checks: Type.Array(CrewCheck) }, closed),
  errors: ['UNKNOWN_POST', 'OUTSIDE_AREA'],
})

/** Where somebody has been sent to, with what a phone needs to work there. */
export const OwnDispatch = Type.Object(
  { id: Type.String(), until: Instant, post: Post, place: Jurisdiction },
  closed,
)
export type OwnDispatch = Static<typeof OwnDispatch>

export const listOwnDispatches = defineEndpoint({
  id: 'posts.dispatches',
  method: 'GET',
  path: '/api/posts/dispatches',
  summary: 'Where whoever asks has been sent to',
  description:
    'Dispatches that name the caller and are not over, with their posts, which may lie outside the caller’s area. A phone keeps them beside its pack.',
  access: { roles: crewRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'posts.dispatches', record: 'denied' },
  limits: readLimits,
  output: Type.Object({ dispatches: Type.Array(OwnDispatch) }, closed),
  errors: [],
})

export const SendableOfficer = Type.Object(
  {
    ...ShownOfficer.properties,
    role: oneOf(['inspector', 'post-lead']),
    /** Where they are clocked in now. */
    atPostId: nullable(PostId),
  },
  closed,
)
export type SendableOfficer = Static<typeof SendableOfficer>

export const listSendableOfficers = defineEndpoint({
  id: 'posts.officers',
  method: 'GET',
  path: '/api/posts/officers',
  summary: 'Officers who can be sent to a post',
  description: 'Those of the area who work at posts, and where they are clocked in now.',
  access: { roles: senderRoles, area: 'query.area', purpose: 'administration' },
  audit: { action: 'posts.officers', record: 'every' },
  limits: readLimits,
  query: Type.Object({ area: DivisionCode }, closed),
  output: Type.Object({ asOf: Instant, officers: Type.Array(SendableOfficer) }, closed),
  errors: ['UNKNOWN_AREA'],
})
