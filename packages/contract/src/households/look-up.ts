import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { LookUpLimits, Reason } from '../identity/look-up.ts'
import { lookUpPurposes } from '../identity/purposes.ts'
import {
  type Bilingual,
  BilingualText,
  CivilDate,
  Count,
  DivisionCode,
  Instant,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import type { Role } from '../roles.ts'
import { documentKinds } from '../screening/vocabulary.ts'
import { DoorNextStep } from './planning.ts'
import {
  doorOutcomes,
  householdMakers,
  relations,
  specialNeeds,
  visitParts,
  visitTasks,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <const T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Who looks households up: desk and clerk work on people, commanders decide, the officer answers the person and the law. */
export const householdLookUpRoles = [
  'desk-partner',
  'screening-clerk',
  'commander',
  'data-protection-officer',
] as const satisfies readonly Role[]

/** What a household is looked up by: its address, the number that lists of doors show, or somebody who lives there. */
export const householdSoughtKinds = [
  'address',
  'door',
  'phone',
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'other',
] as const
export type HouseholdSoughtKind = (typeof householdSoughtKinds)[number]

/** What of a household is covered, and can be shown one by one. */
export const householdFields = ['name', 'document', 'phone', 'address'] as const
export type HouseholdField = (typeof householdFields)[number]

export const householdFieldNames: Readonly<Record<HouseholdField, Bilingual>> = {
  name: { zh: '姓名', en: 'Name' },
  document: { zh: '证件号码', en: 'Document number' },
  phone: { zh: '电话', en: 'Phone' },
  address: { zh: '住址', en: 'Address' },
}

export const CoveredField = Type.Object({ field: oneOf(householdFields), masked: Type.String() }, closed)
export type CoveredField = Static<typeof CoveredField>

/** An episode of quarantine that somebody of the household stands in. */
export const MemberEpisode = Type.Object(
  { jurisdiction: DivisionCode, id: UuidV7, orderedAt: Instant },
  closed,
)

export const CoveredMember = Type.Object(
  {
    personId: UuidV7,
    relation: oneOf(relations),
    documentKind: nullable(oneOf(documentKinds)),
    fields: Type.Array(CoveredField),
    /** Who reports for them, by their entry in this household. */
    reportedById: nullable(UuidV7),
    /** Other entries that were found to be the same person. */
    mergedEntries: Count,
    /** Empty for a role that takes no part in operations. */
    needs: classified('health', Type.Array(oneOf(specialNeeds))),
    episodes: Type.Array(MemberEpisode),
  },
  closed,
)
export type CoveredMember = Static<typeof CoveredMember>

/** One visit: whose part it needed, and which are done and signed; nothing of what was measured or said. */
export const CoveredVisit = Type.Object(
  {
    id: UuidV7,
    openedAt: Instant,
    tasks: Type.Array(oneOf(visitTasks)),
    complete: Type.Boolean(),
    parts: Type.Array(
      Type.Object(
        {
          part: oneOf(visitParts),
          needed: Type.Boolean(),
          done: Type.Boolean(),
          signed: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** One fact of a household without what it says of anybody. */
export const HouseholdHistoryLine = Type.Object(
  {
    id: UuidV7,
    at: Instant,
    what: oneOf([
      'household-opened',
      'address-corrected',
      'member-added',
      'member-changed',
      'member-moved',
      'member-left',
      'members-merged',
      'undone',
      'task-asked',
      'visit-opened',
      'part-done',
      'visit-signed',
      'door-outcome',
    ]),
    role: oneOf(householdMakers),
    officer: BilingualText,
    personId: nullable(UuidV7),
    part: nullable(oneOf(visitParts)),
    outcome: nullable(oneOf(doorOutcomes)),
    tasks: Type.Array(oneOf(visitTasks)),
    /** The fact that this one takes back. */
    undoes: nullable(UuidV7),
    /** It was taken back, and counts no more. */
    undone: Type.Boolean(),
  },
  closed,
)
export type HouseholdHistoryLine = Static<typeof HouseholdHistoryLine>

export const HouseholdFile = Type.Object(
  {
    householdId: UuidV7,
    jurisdiction: DivisionCode,
    district: BilingualText,
    gridCellId: nullable(Type.Integer()),
    /** Of the address its head alone; empty where its day is destroyed or nobody said it. */
    fields: Type.Array(CoveredField),
    members: Type.Array(CoveredMember),
    /** There are more people than are shown. */
    moreMembers: Type.Boolean(),
    due: Type.Array(Type.Object({ task: oneOf(visitTasks), dueBy: CivilDate }, closed)),
    overdue: Type.Boolean(),
    next: nullable(DoorNextStep),
    visits: Type.Array(CoveredVisit),
    /** Newest first, what was taken back among it. */
    history: Type.Array(HouseholdHistoryLine),
    moreHistory: Type.Boolean(),
  },
  closed,
)
export type HouseholdFile = Static<typeof HouseholdFile>

export const mostHouseholdsFound = 5
export const mostMembersShown = 20
export const mostHistoryShown = 100

export const lookUpHousehold = defineEndpoint({
  id: 'households.look-up',
  method: 'POST',
  path: '/api/households/look-up',
  summary: 'Look a household up',
  description:
    'Finds households by address, by the number of a door, or by document or phone of somebody who lives there, in the area of whoever asks. States a purpose and a reason, counts as a look-up, answers covered, and is shown to those who live there.',
  access: { roles: householdLookUpRoles, area: 'actor', purpose: 'identity-look-up' },
  audit: { action: 'households.look-up', record: 'every' },
  limits: { group: 'read', bodyBytes: 4_096 },
  body: Type.Object(
    {
      purpose: oneOf(lookUpPurposes),
      reason: Reason,
      sought: Type.Object(
        {
          kind: oneOf(householdSoughtKinds),
          text: classified('identity', Type.String({ minLength: 1, maxLength: 120, pattern: printable })),
        },
        closed,
      ),
    },
    closed,
  ),
  output: Type.Object(
    { households: Type.Array(HouseholdFile), more: Type.Boolean(), limits: LookUpLimits },
    closed,
  ),
  errors: [
    'PURPOSE_NOT_ALLOWED',
    'REASON_TOO_SHORT',
    'TEXT_NOT_WELL_FORMED',
    'HOUSEHOLD_ADDRESS_UNCLEAR',
    'LOOK_UP_LIMIT_REACHED',
  ],
})

export const unmaskHouseholdField = defineEndpoint({
  id: 'households.unmask',
  method: 'POST',
  path: '/api/households/unmask',
  summary: 'Show one field of a household in full',
  description:
    'Shows the address, or one field of one person, of a household that the same account looked up shortly before, under the purpose and reason of that look-up. Every field counts, and is shown to those who live there.',
  access: { roles: householdLookUpRoles, area: 'body.jurisdiction', purpose: 'identity-look-up' },
  audit: { action: 'households.unmask', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      householdId: UuidV7,
      /** Null for the address. */
      personId: nullable(UuidV7),
      field: oneOf(householdFields),
    },
    closed,
  ),
  output: Type.Object(
    {
      field: oneOf(householdFields),
      text: classified('identity', Type.String()),
      shownForSeconds: Type.Integer({ minimum: 1 }),
      limits: LookUpLimits,
    },
    closed,
  ),
  errors: ['NOT_LOOKED_UP', 'FIELD_NOT_HELD', 'LOOK_UP_LIMIT_REACHED'],
})
