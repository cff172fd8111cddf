import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import {
  BilingualText,
  CivilDate,
  Count,
  DivisionCode,
  Instant,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import { NamedSign } from '../quarantine/observation.ts'
import { doorWays } from '../quarantine/vocabulary.ts'
import { communityRoles } from '../roles.ts'
import { documentKinds } from '../screening/vocabulary.ts'
import { DoorAddress, RecordHouseholdFact, ShownHouseholdHappening } from './record-household-fact.ts'
import { doorOutcomes, householdMakers, ownTasks, visitTasks } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const Uuid = Type.String({ format: 'uuid', maxLength: 36 })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Words = Type.String({ minLength: 1, maxLength: 60, pattern: printable })

export const CommunityTeam = Type.Object(
  {
    id: Id,
    version: Type.Integer({ minimum: 1 }),
    name: BilingualText,
    members: Type.Array(
      Type.Object({ accountId: Type.String(), role: oneOf(communityRoles), name: BilingualText }, closed),
    ),
    gridCellIds: Type.Array(Id),
  },
  closed,
)
export type CommunityTeam = Static<typeof CommunityTeam>

/** A fact as those at the door need it to derive the same state. */
export const HouseholdFactView = Type.Object(
  {
    id: UuidV7,
    householdId: UuidV7,
    occurredAt: Instant,
    accountId: Type.String(),
    role: oneOf(householdMakers),
    happening: ShownHouseholdHappening,
  },
  closed,
)
export type HouseholdFactView = Static<typeof HouseholdFactView>

/** What somebody else than the team asked a door to be visited for. */
export const AskedTask = Type.Object({ task: oneOf(visitTasks), dueBy: CivilDate, askedAt: Instant }, closed)
export type AskedTask = Static<typeof AskedTask>

/** An episode of quarantine that a team is sent to a door for: whom or what to look at, on which of how many days. */
export const DoorCheckView = Type.Object(
  {
    quarantineId: UuidV7,
    /** Null where it cannot be opened any more. */
    name: Type.Union([classified('identity', Type.String()), Type.Null()]),
    subject: oneOf(['person', 'house']),
    dayNumber: Type.Integer(),
    days: Type.Integer(),
    way: oneOf(doorWays),
    dueAt: Instant,
    /** Null where no temperature is taken. */
    feverCelsius: Type.Union([Type.Number(), Type.Null()]),
    signs: Type.Array(NamedSign),
  },
  closed,
)
export type DoorCheckView = Static<typeof DoorCheckView>

/** A door of the team: due today, or begun today. */
export const RoundDoor = Type.Object(
  {
    householdId: UuidV7,
    /** Null where an address of a list lies in no known grid cell. */
    gridCellId: Type.Union([Id, Type.Null()]),
    address: DoorAddress,
    /** Whom to ask for, where a list sent the team there. */
    askFor: Type.Union([classified('identity', Type.String()), Type.Null()]),
    asked: Type.Array(AskedTask),
    /** Left out where nobody in quarantine is to be looked at there. */
    checks: Type.Optional(Type.Array(DoorCheckView)),
  },
  closed,
)
export type RoundDoor = Static<typeof RoundDoor>

/** How far a grid cell has come, over all its teams. */
export const CellCoverage = Type.Object(
  {
    gridCellId: Id,
    name: BilingualText,
    /** Households that there are by the register. */
    households: Count,
    doors: Count,
    due: Count,
    triedToday: Count,
    completeToday: Count,
  },
  closed,
)
export type CellCoverage = Static<typeof CellCoverage>

export const Round = Type.Object(
  {
    asOf: Instant,
    day: CivilDate,
    jurisdiction: DivisionCode,
    responseId: Type.String(),
    team: CommunityTeam,
    gridCells: Type.Array(CellCoverage),
    /** In walking order. */
    doors: Type.Array(RoundDoor),
    facts: Type.Array(HouseholdFactView),
    /** Length of the walk as planned, and with the doors one after the other by name. */
    walk: Type.Object(
      { plannedMinutes: Type.Number({ minimum: 0 }), naiveMinutes: Type.Number({ minimum: 0 }) },
      closed,
    ),
  },
  closed,
)
export type Round = Static<typeof Round>

export const readRound = defineEndpoint({
  id: 'households.round',
  method: 'GET',
  path: '/api/households/round',
  summary: 'The doors of today, for the team that goes',
  description:
    'The own doors of a team in walking order, due or begun today, and what is known of the households behind them: names in full, because the team asks for people by them, documents and phones covered, and of the work of each of the three what their role needs.',
  access: { roles: communityRoles, area: 'query.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'households.round', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ jurisdiction: DivisionCode }, closed),
  output: Round,
  errors: ['UNKNOWN_AREA', 'NOT_IN_A_TEAM'],
})

export const readHousehold = defineEndpoint({
  id: 'households.household',
  method: 'GET',
  path: '/api/households/household',
  summary: 'One household in the grid cells of the own team',
  description:
    'For a door that is not due, or a person who seems to be on file elsewhere: the same as in a round, of one household, and only where the own team goes.',
  access: { roles: communityRoles, area: 'query.jurisdiction', purpose: 'follow-up' },
  audit: { action: 'households.household', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ jurisdiction: DivisionCode, householdId: UuidV7 }, closed),
  output: Type.Object({ door: RoundDoor, facts: Type.Array(HouseholdFactView) }, closed),
  errors: ['UNKNOWN_AREA', 'NOT_IN_A_TEAM', 'UNKNOWN_HOUSEHOLD'],
})

export const duplicateSearchGrounds = ['document', 'phone', 'address'] as const

const typed = (maxLength: number) =>
  classified('identity', Type.String({ minLength: 4, maxLength, pattern: printable }))

export const findDuplicates = defineEndpoint({
  id: 'households.duplicates',
  method: 'POST',
  path: '/api/households/duplicates',
  summary: 'Whether somebody or a door is on file already',
  description:
    'Compares keyed digests of a whole document number, phone or address with those on file in the jurisdiction. Says that there is a household and where it goes on, never who or what; nothing is merged.',
  access: { roles: communityRoles, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'households.duplicates', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_048 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      document: Type.Optional(Type.Object({ kind: oneOf(documentKinds), number: typed(40) }, closed)),
      phone: Type.Optional(typed(30)),
      address: Type.Optional(DoorAddress),
    },
    closed,
  ),
  output: Type.Object(
    {
      found: Type.Array(
        Type.Object(
          {
            ground: oneOf(duplicateSearchGrounds),
            householdId: UuidV7,
            personId: Type.Union([UuidV7, Type.Null()]),
            /** Whether it lies in the grid cells of the own team, so that it can be opened. */
            mayOpen: Type.Boolean(),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  errors: ['UNKNOWN_AREA', 'NOT_IN_A_TEAM', 'TEXT_NOT_WELL_FORMED'],
})

export const recordHouseholdRefusals = [
  'IMPOSSIBLE_TIME',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'UNKNOWN_AREA',
  'UNKNOWN_RESPONSE',
  'OUTSIDE_COLLECTION',
  'COMMAND_ID_REUSED',
  'TEXT_NOT_WELL_FORMED',
  'NOT_OF_THIS_PART',
  'HOUSEHOLD_NAMES_ITSELF',
  'UNKNOWN_GRID_CELL',
  'NOT_A_TEAM_MEMBER',
  'UNKNOWN_QUARANTINE',
  'QUARANTINE_TIME_RUNS_BACK',
  'QUARANTINE_SIGN_UNKNOWN',
] as const

export const recordHouseholdFact = defineEndpoint({
  id: 'households.record',
  method: 'POST',
  path: '/api/households/facts',
  summary: 'Record something of a household',
  description:
    'People of a household, visits with the part of each of the three, outcomes at the door, and undoing any of it. Phones send the same by sync.push. Sent again, it is answered as a duplicate.',
  access: { roles: communityRoles, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'households.record', record: 'every' },
  limits: { group: 'write', bodyBytes: 32_768 },
  body: RecordHouseholdFact,
  output: Type.Object({ id: Type.String(), recordedAt: Instant, duplicate: Type.Boolean() }, closed),
  successStatus: 201,
  errors: recordHouseholdRefusals,
})

export const CoverageBoard = Type.Object(
  {
    asOf: Instant,
    day: CivilDate,
    gridCells: Type.Array(
      Type.Object(
        {
          ...CellCoverage.properties,
          jurisdiction: DivisionCode,
          /** Of those that are due: since before today. */
          overdue: Count,
          teamIds: Type.Array(Id),
          /** Latest outcome of doors that were tried today without a complete visit. */
          outcomes: Type.Array(Type.Object({ outcome: oneOf(doorOutcomes), doors: Count }, closed)),
        },
        closed,
      ),
    ),
    teams: Type.Array(
      Type.Object(
        {
          id: Id,
          jurisdiction: DivisionCode,
          version: Type.Integer({ minimum: 1 }),
          name: BilingualText,
          members: Count,
          gridCellIds: Type.Array(Id),
          triedToday: Count,
          completeToday: Count,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type CoverageBoard = Static<typeof CoverageBoard>

export const readCoverage = defineEndpoint({
  id: 'households.coverage',
  method: 'GET',
  path: '/api/households/coverage',
  summary: 'How far the rounds of today have come',
  description:
    'For each grid cell: doors known, due, overdue, tried and complete today, and what became of the others; for each team what it has tried and completed. Counts of doors; it names no household.',
  access: {
    roles: ['screening-clerk', 'duty-planner', 'commander', 'post-lead', 'auditor'],
    area: 'query.area',
    purpose: 'monitoring',
  },
  audit: { action: 'households.coverage', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: CoverageBoard,
  errors: ['UNKNOWN_AREA'],
})

export const setTeam = defineEndpoint({
  id: 'households.set-team',
  method: 'POST',
  path: '/api/households/teams',
  summary: 'Say who is in a community team and where it goes',
  description:
    'Adds the next version of a team: its members, from the community accounts of the area, and its grid cells. Several teams may share a cell; its doors are then divided between them.',
  access: { roles: ['duty-planner', 'commander'], area: 'body.jurisdiction', purpose: 'administration' },
  audit: { action: 'households.set-team', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      teamId: Id,
      /** One more than what was looked at; 1 makes a team. */
      version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      name: Type.Object({ zh: Words, en: Words }, closed),
      accountIds: Type.Array(Uuid, { minItems: 1, maxItems: 9, uniqueItems: true }),
      gridCellIds: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }),
    },
    closed,
  ),
  output: Type.Object({ teamId: Id, version: Type.Integer({ minimum: 1 }) }, closed),
  successStatus: 201,
  errors: ['TEXT_NOT_WELL_FORMED', 'TEAM_OVERTAKEN', 'NOT_A_TEAM_MEMBER', 'UNKNOWN_GRID_CELL'],
})

export const askTasks = defineEndpoint({
  id: 'households.ask-tasks',
  method: 'POST',
  path: '/api/households/tasks',
  summary: 'Have the doors of a grid cell visited',
  description:
    'Makes every household of a grid cell due for one task until a day, also those that are opened later; one visit that is complete for the task settles it.',
  access: {
    roles: ['screening-clerk', 'duty-planner', 'commander'],
    area: 'body.jurisdiction',
    purpose: 'screening',
  },
  audit: { action: 'households.ask-tasks', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      gridCellId: Id,
      task: oneOf(ownTasks),
      dueBy: CivilDate,
    },
    closed,
  ),
  output: Type.Object({ id: UuidV7, doors: Count }, closed),
  successStatus: 201,
  errors: ['UNKNOWN_GRID_CELL', 'UNKNOWN_AREA'],
})
