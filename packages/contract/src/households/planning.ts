import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { communityRoles, type Role } from '../roles.ts'
import { CommunityTeam } from './endpoints.ts'
import { doorOutcomes, nextSteps, visitTasks } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const nullable = <const T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Who sees how far the rounds have come. */
export const coverageReaders = [
  'screening-clerk',
  'duty-planner',
  'commander',
  'post-lead',
  'auditor',
] as const satisfies readonly Role[]

/** Who says where a team goes. */
export const teamPlanners = ['duty-planner', 'commander'] as const satisfies readonly Role[]

/** Somebody who may be put into a team. */
export const TeamCandidate = Type.Object(
  { accountId: Type.String(), role: oneOf(communityRoles), name: BilingualText, areaCode: DivisionCode },
  closed,
)
export type TeamCandidate = Static<typeof TeamCandidate>

export const PlannedTeam = Type.Object(
  { ...CommunityTeam.properties, jurisdiction: DivisionCode, decidedAt: Instant },
  closed,
)
export type PlannedTeam = Static<typeof PlannedTeam>

export const TeamBoard = Type.Object(
  {
    teams: Type.Array(PlannedTeam),
    /** Community accounts of the area that are in use, whether in a team or not. */
    people: Type.Array(TeamCandidate),
    /** There are more people than are told. */
    more: Type.Boolean(),
  },
  closed,
)
export type TeamBoard = Static<typeof TeamBoard>

export const mostCandidates = 2_000

export const readTeamBoard = defineEndpoint({
  id: 'households.teams',
  method: 'GET',
  path: '/api/households/teams',
  summary: 'Community teams of an area, and who can be put into one',
  description:
    'The latest version of each team with its members by role and its grid cells, and the community accounts of the area by name, role and division. Nothing else of an account.',
  access: { roles: teamPlanners, area: 'query.area', purpose: 'administration' },
  audit: { action: 'households.teams', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: TeamBoard,
  errors: ['UNKNOWN_AREA'],
})

/** What follows the latest outcome at a door. */
export const DoorNextStep = Type.Object(
  {
    outcome: oneOf(doorOutcomes),
    step: oneOf(nextSteps),
    /** Which attempt in a row it was, from 1. */
    attempt: Type.Integer({ minimum: 1 }),
    /** Null where the team is done with the door and another step takes its place. */
    againFrom: nullable(Instant),
  },
  closed,
)
export type DoorNextStep = Static<typeof DoorNextStep>

/** A door that waits for a visit. It has a number, and no address. */
export const DueDoor = Type.Object(
  {
    householdId: UuidV7,
    jurisdiction: DivisionCode,
    gridCellId: nullable(Id),
    tasks: Type.Array(oneOf(visitTasks)),
    /** The earliest day of any of them. */
    dueBy: CivilDate,
    overdue: Type.Boolean(),
    triedAt: nullable(Instant),
    next: nullable(DoorNextStep),
    teamIds: Type.Array(Id),
  },
  closed,
)
export type DueDoor = Static<typeof DueDoor>

/** A task of a whole grid cell that some door still waits for. */
export const AskedOfCell = Type.Object(
  {
    id: UuidV7,
    jurisdiction: DivisionCode,
    gridCellId: Id,
    task: oneOf(visitTasks),
    dueBy: CivilDate,
    askedAt: Instant,
    /** Doors that no complete visit has settled it at. */
    openDoors: Count,
  },
  closed,
)
export type AskedOfCell = Static<typeof AskedOfCell>

export const DueDoors = Type.Object(
  {
    asOf: Instant,
    day: CivilDate,
    due: Count,
    overdue: Count,
    /** By the day they were due, the longest overdue first. */
    doors: Type.Array(DueDoor),
    /** There are more doors than are told. */
    more: Type.Boolean(),
    asked: Type.Array(AskedOfCell),
  },
  closed,
)
export type DueDoors = Static<typeof DueDoors>

/** Who asks for visits, and takes back what was asked. */
export const taskAskers = ['screening-clerk', 'duty-planner', 'commander'] as const satisfies readonly Role[]

export const withdrawTask = defineEndpoint({
  id: 'households.withdraw-task',
  method: 'POST',
  path: '/api/households/tasks/withdraw',
  summary: 'Take back what the doors of a grid cell were asked for',
  description:
    'Doors are not due for the task any more, on phones from the next time they ask; what was done for it at a door stays. A task that was taken back already is answered the same.',
  access: { roles: taskAskers, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'households.withdraw-task', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ jurisdiction: DivisionCode, taskId: UuidV7 }, closed),
  /** Doors that waited for it and wait for it no longer. */
  output: Type.Object({ doors: Count }, closed),
  errors: ['UNKNOWN_VISIT_TASK', 'UNKNOWN_AREA'],
})

export const mostDueDoors = 300
export const mostAsked = 200

export const readDueDoors = defineEndpoint({
  id: 'households.due-doors',
  method: 'GET',
  path: '/api/households/due-doors',
  summary: 'Doors that wait for a visit, overdue first',
  description:
    'Each door by its number, with what it is due for, since when, what became of the last attempt and the next step; and what whole grid cells were asked for. No address and nobody is named.',
  access: { roles: coverageReaders, area: 'query.area', purpose: 'monitoring' },
  audit: { action: 'households.due-doors', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: DueDoors,
  errors: ['UNKNOWN_AREA'],
})
