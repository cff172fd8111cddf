import Type, { type Static, type TSchema } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { ResponseId, RulesVersion } from './rule-versions.ts'
import { rescreenStates } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const startRescreen = defineEndpoint({
  id: 'rescreen.start',
  method: 'POST',
  path: '/api/rescreen/start',
  summary: 'Look once more for whom a version reaches',
  description:
    'Finds everyone on file whom the version treats more strictly than the one before it and who is on no list of it yet, such as people whose record came from a phone that was offline.',
  access: { roles: ['commander'], area: 'actor', purpose: 'administration' },
  audit: { action: 'rescreen.start', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  successStatus: 202,
  body: Type.Object(
    {
      responseId: ResponseId,
      version: RulesVersion,
      dueHours: Type.Integer({ minimum: 1, maximum: 168 }),
    },
    closed,
  ),
  output: Type.Object({ runId: UuidV7 }, closed),
  errors: [
    'OUTSIDE_AREA',
    'UNKNOWN_RESPONSE',
    'RULES_VERSION_UNKNOWN',
    'RULES_NOT_COMPARABLE',
    'RESCREEN_AT_WORK',
  ],
})

/** What became of the people of one district. */
export const RescreenDistrict = Type.Object(
  {
    jurisdiction: DivisionCode,
    listId: UuidV7,
    /** People on file whom the version treats more strictly, before each is counted once. */
    selected: Count,
    /** On the list, each once. */
    listed: Count,
    /** Seen more than once, or on an open list already. */
    linked: Count,
    /** The key of their day is destroyed: nobody knows who they were. */
    unreadable: Count,
    called: Count,
    closed: Count,
    /** To be visited: without a phone, or because of what the call brought. */
    toVisit: Count,
    /** Of these, people of whom no household is on file, so that no team is sent. */
    noAddress: Count,
    open: Count,
    /** Open after the deadline. */
    overdue: Count,
  },
  closed,
)
export type RescreenDistrict = Static<typeof RescreenDistrict>

export const RescreenRun = Type.Object(
  {
    id: UuidV7,
    responseId: ResponseId,
    version: RulesVersion,
    beforeVersion: RulesVersion,
    state: oneOf(rescreenStates),
    startedAt: Instant,
    startedBy: BilingualText,
    finishedAt: nullable(Instant),
    dueAt: Instant,
    /** People looked through. */
    onFile: Count,
    /** Their journey began in an area that was added, and they named no stay: they would have to be asked. */
    notAsked: Count,
    /** Those who are on a list or counted as unreadable so far. */
    handled: Count,
    failure: nullable(Type.String()),
    districts: Type.Array(RescreenDistrict),
  },
  closed,
)
export type RescreenRun = Static<typeof RescreenRun>

export const listRescreens = defineEndpoint({
  id: 'rescreen.runs',
  method: 'GET',
  path: '/api/rescreen/runs',
  summary: 'How far each rescreening has come, by district',
  description: 'Counts alone, of the districts in the area; the latest ten.',
  access: { roles: ['duty-planner', 'commander', 'auditor'], area: 'actor', purpose: 'monitoring' },
  audit: { action: 'rescreen.runs', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ asOf: Instant, runs: Type.Array(RescreenRun) }, closed),
  errors: [],
})
