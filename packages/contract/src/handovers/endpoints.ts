import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { exposureLevels, feverLevels } from '../responses/response.ts'
import { SeatLabel } from '../screening/record-screening.ts'
import { conveyanceKinds, documentKinds } from '../screening/vocabulary.ts'
import { CancelHandover, CloseHandover, NoteHandover, OpeningDigest } from './commands.ts'
import {
  custodyDoubts,
  custodySides,
  handoverEscalationRoles,
  handoverParts,
  handoverReaders,
  handoverReasons,
  handoverStates,
  handoverTakers,
  signatureVerdicts,
  timedStages,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const Officer = Type.Object({ accountId: Type.String(), officer: BilingualText }, closed)

export const HandoverLimits = Type.Object(
  {
    /** Minutes that people may wait for transport. */
    waitMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    /** Minutes that people may be on the way. */
    roadMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
  },
  closed,
)

/** Somebody in a hand-over, without any name. */
export const HandoverPersonView = Type.Object(
  {
    seat: Type.Integer({ minimum: 1 }),
    /** Where they sat; null where that was not recorded, and until the screening itself has arrived. */
    seatLabel: nullable(SeatLabel),
    part: oneOf(handoverParts),
    /** Null for a role that does not need it, and until the screening itself has arrived. */
    findings: nullable(
      Type.Object(
        {
          fever: classified('health', oneOf(feverLevels)),
          exposure: classified('health', oneOf(exposureLevels)),
          symptoms: classified('health', Type.Array(Type.String())),
          highestCelsius: classified('health', nullable(Type.Number())),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type HandoverPersonView = Static<typeof HandoverPersonView>

/** One fact as phones need it to derive the same state. */
export const HandoverFactView = Type.Object(
  {
    id: UuidV7,
    kind: oneOf(['signed', 'noted', 'closed', 'cancelled', 'escalated']),
    at: Instant,
    by: nullable(Officer),
    /** Which device signed, in a form that tells two apart. */
    device: nullable(Type.String()),
    side: nullable(oneOf(custodySides)),
    reason: nullable(classified('health', oneOf(handoverReasons))),
    stage: nullable(oneOf(timedStages)),
    toRole: nullable(oneOf(handoverEscalationRoles)),
  },
  closed,
)
export type HandoverFactView = Static<typeof HandoverFactView>

export const HandoverLine = Type.Object(
  {
    id: UuidV7,
    code: Type.String(),
    jurisdiction: DivisionCode,
    openedAt: Instant,
    /** Null until the opening itself has arrived: a phone that signed by the code may be heard first. */
    opening: nullable(
      Type.Object(
        {
          postId: Type.Integer(),
          digest: OpeningDigest,
          conveyance: nullable(oneOf(conveyanceKinds)),
          seatsPerRow: nullable(Type.Integer()),
          people: Type.Array(HandoverPersonView),
          by: Officer,
        },
        closed,
      ),
    ),
    state: oneOf(handoverStates),
    since: Instant,
    /** When its stage is past its limit; null where no limit runs. */
    overdueAt: nullable(Instant),
    escalatedTo: nullable(oneOf(handoverEscalationRoles)),
    doubts: Type.Array(Type.Object({ kind: oneOf(custodyDoubts), side: oneOf(custodySides) }, closed)),
    facts: Type.Array(HandoverFactView),
  },
  closed,
)
export type HandoverLine = Static<typeof HandoverLine>

export const Handovers = Type.Object(
  { asOf: Instant, limits: HandoverLimits, handovers: Type.Array(HandoverLine), open: Count, overdue: Count },
  closed,
)
export type Handovers = Static<typeof Handovers>

/** Those that are over are listed for this long after they were opened. */
export const handoversKeptDays = 3
export const mostHandovers = 500

export const listHandovers = defineEndpoint({
  id: 'handovers.list',
  method: 'GET',
  path: '/api/handovers',
  summary: 'Hand-overs of an area',
  description:
    'Every open hand-over and those of the last three days, the overdue ones first, with seats and findings and without names. Phones derive where each stands from the same facts.',
  access: { roles: handoverReaders, area: 'query.area', purpose: 'screening' },
  audit: { action: 'handovers.list', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: Handovers,
  errors: ['UNKNOWN_AREA'],
})

const OneHandover = Type.Object({ jurisdiction: DivisionCode, id: UuidV7 }, closed)

export const HandoverChain = Type.Object(
  {
    line: HandoverLine,
    signatures: Type.Array(
      Type.Object(
        {
          factId: UuidV7,
          /** Whether it is the one of its side that counts. */
          counts: Type.Boolean(),
          verdict: oneOf(signatureVerdicts),
          recordedAt: Instant,
          deviceLabel: nullable(Type.String()),
        },
        closed,
      ),
    ),
    notes: Type.Array(
      Type.Object(
        {
          factId: UuidV7,
          /** Null where its key was destroyed. */
          note: nullable(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type HandoverChain = Static<typeof HandoverChain>

export const readHandoverChain = defineEndpoint({
  id: 'handovers.chain',
  method: 'GET',
  path: '/api/handovers/chain',
  summary: 'One hand-over with its chain of custody',
  description:
    'Every fact of a hand-over with its notes. Each signature is checked again against the key of the device that made it and against what was opened.',
  access: {
    roles: ['post-lead', 'duty-planner', 'commander', 'auditor'],
    area: 'query.jurisdiction',
    purpose: 'screening',
  },
  audit: { action: 'handovers.chain', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: OneHandover,
  output: HandoverChain,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_HANDOVER'],
})

export const HandoverNames = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          seat: Type.Integer({ minimum: 1 }),
          documentKind: oneOf(documentKinds),
          /** Covered, such as `张*`; null where none was given or its key is destroyed. */
          maskedName: nullable(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type HandoverNames = Static<typeof HandoverNames>

export const readHandoverNames = defineEndpoint({
  id: 'handovers.names',
  method: 'GET',
  path: '/api/handovers/names',
  summary: 'Who is handed over, covered',
  description:
    'Covered names of those who are taken along, for whoever takes them over, so that the right people are received. Each person sees that they were looked at, and why.',
  access: { roles: handoverTakers, area: 'query.jurisdiction', purpose: 'identity-look-up' },
  audit: { action: 'handovers.names', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: OneHandover,
  output: HandoverNames,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_HANDOVER'],
})

/** What a step of a hand-over may be refused for, alone or in a push. */
export const handoverStepRefusals = [
  'ROLE_NOT_ALLOWED',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'IMPOSSIBLE_TIME',
  'TEXT_NOT_WELL_FORMED',
  'HANDOVER_TIME_RUNS_BACK',
  'HANDOVER_ALREADY_OVER',
  'HANDOVER_TAKEN',
  'HANDOVER_NOTE_NEEDED',
] as const

export const actOnHandover = defineEndpoint({
  id: 'handovers.act',
  method: 'POST',
  path: '/api/handovers/acts',
  summary: 'Note, close or cancel a hand-over',
  description:
    'Adds what somebody at a desk does about a hand-over. Phones send the same by sync.push; signatures come from phones alone. Sent again, it is answered as a duplicate.',
  access: { roles: ['post-lead', 'commander'], area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'handovers.act', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Union([NoteHandover, CloseHandover, CancelHandover]),
  output: Type.Object({ id: Type.String(), recordedAt: Instant, duplicate: Type.Boolean() }, closed),
  successStatus: 201,
  errors: handoverStepRefusals,
})

export const changeHandoverLimits = defineEndpoint({
  id: 'handovers.limits',
  method: 'POST',
  path: '/api/handovers/limits',
  summary: 'Say how long hand-overs may take',
  description:
    'Sets after how many minutes of waiting for transport, and of being on the way, a hand-over goes to the post lead, and after the same again to the commander.',
  access: { roles: ['commander'], area: 'actor', purpose: 'administration' },
  audit: { action: 'handovers.limits', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: HandoverLimits,
  output: HandoverLimits,
  errors: ['OUTSIDE_AREA'],
})
