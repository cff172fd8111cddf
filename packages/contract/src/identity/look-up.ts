import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import {
  BilingualText,
  CivilDate,
  Count,
  Instant,
  OriginCode,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import { correctionGrounds, correctionSources } from '../screening/corrections.ts'
import { dispositions } from '../screening/dispositions.ts'
import { SeatLabel } from '../screening/record-screening.ts'
import { conveyanceKinds } from '../screening/vocabulary.ts'
import { correctableFields } from '../subject-access/requests.ts'
import {
  identityFields,
  leastReasonLetters,
  lookUpPurposes,
  lookUpRoles,
  mostReasonLetters,
} from './purposes.ts'

const closed = { additionalProperties: false } as const

/** What can be searched for: a plate, a train or flight number, a phone, or a document of a kind. Names cannot. */
export const soughtKinds = [
  'plate',
  'service',
  'phone',
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'other',
] as const
export type SoughtKind = (typeof soughtKinds)[number]

/** What searches are counted under: a desk partner also looks for who lives at an address. */
export const searchedKinds = [...soughtKinds, 'address'] as const
export type SearchedKind = (typeof searchedKinds)[number]

/** Why, in the officer's words. Sealed at once: people write names into such fields. */
export const Reason = classified(
  'identity',
  Type.String({ minLength: leastReasonLetters, maxLength: mostReasonLetters, pattern: printable }),
)

/** What is left to an account now. */
export const LookUpLimits = Type.Object(
  {
    lookUpsLeftThisMinute: Count,
    lookUpsLeftToday: Count,
    unmasksLeftThisMinute: Count,
    unmasksLeftToday: Count,
  },
  closed,
)
export type LookUpLimits = Static<typeof LookUpLimits>

/** A field with most of it covered, such as `张*`. */
export const MaskedField = Type.Object({ field: oneOf(identityFields), masked: Type.String() }, closed)
export type MaskedField = Static<typeof MaskedField>

/** A correction beside a field, with who made it; the field stays as it was recorded. */
export const MaskedCorrection = Type.Object(
  {
    field: oneOf(correctableFields),
    masked: Type.String(),
    grantedAt: Instant,
    source: oneOf(correctionSources),
    /** Null where the person asked for it. */
    ground: Type.Union([oneOf(correctionGrounds), Type.Null()]),
    by: BilingualText,
  },
  closed,
)
export type MaskedCorrection = Static<typeof MaskedCorrection>

/** One person in one screening, masked. */
export const PersonMatch = Type.Object(
  {
    screeningId: UuidV7,
    seat: Type.Integer({ minimum: 1 }),
    /** As the ticket names it; null where it was not recorded. */
    seatLabel: Type.Union([SeatLabel, Type.Null()]),
    postId: Type.Integer(),
    lane: Type.Integer(),
    occurredAt: Instant,
    day: CivilDate,
    conveyanceKind: oneOf(conveyanceKinds),
    documentKind: Type.String(),
    originCode: OriginCode,
    /** As it counts now; null for a role that does not need the finding. */
    disposition: Type.Union([oneOf(dispositions), Type.Null()]),
    /** A lead decided otherwise than the rules. */
    overridden: Type.Boolean(),
    /** The fields held; what was never given is missing. Empty where the key of the day is destroyed. */
    fields: Type.Array(MaskedField),
    /** Oldest first. */
    corrections: Type.Array(MaskedCorrection),
  },
  closed,
)
export type PersonMatch = Static<typeof PersonMatch>

export const LookUpAnswer = Type.Object(
  {
    matches: Type.Array(PersonMatch),
    /** There are more than are shown. */
    more: Type.Boolean(),
    limits: LookUpLimits,
  },
  closed,
)
export type LookUpAnswer = Static<typeof LookUpAnswer>

export const mostMatches = 50

export const lookUpPerson = defineEndpoint({
  id: 'identity.look-up',
  method: 'POST',
  path: '/api/identity/look-up',
  summary: 'Look a person up',
  description:
    'Finds the screenings of a plate, a train, sailing or flight, a phone or a document, exact after normalisation and in the area of whoever asks. States a purpose and a reason, answers masked, and is shown to each person found.',
  access: { roles: lookUpRoles, area: 'actor', purpose: 'identity-look-up' },
  audit: { action: 'identity.look-up', record: 'every' },
  limits: { group: 'read', bodyBytes: 4_096 },
  body: Type.Object(
    {
      purpose: oneOf(lookUpPurposes),
      reason: Reason,
      sought: Type.Object(
        {
          kind: oneOf(soughtKinds),
          text: classified('identity', Type.String({ minLength: 1, maxLength: 40, pattern: printable })),
        },
        closed,
      ),
      /** Among screenings from a local day on, up to one, or at a post; left out: all. */
      among: Type.Optional(
        Type.Object(
          {
            fromDay: Type.Optional(CivilDate),
            untilDay: Type.Optional(CivilDate),
            postId: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  output: LookUpAnswer,
  errors: ['PURPOSE_NOT_ALLOWED', 'REASON_TOO_SHORT', 'LOOK_UP_LIMIT_REACHED', 'TEXT_NOT_WELL_FORMED'],
})

export const unmaskField = defineEndpoint({
  id: 'identity.unmask',
  method: 'POST',
  path: '/api/identity/unmask',
  summary: 'Show one field in full',
  description:
    'Shows one field of a person whom the same account looked up shortly before, under the purpose and reason of that look-up. Every field counts, and is shown to the person.',
  access: { roles: lookUpRoles, area: 'actor', purpose: 'identity-look-up' },
  audit: { action: 'identity.unmask', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object(
    {
      screeningId: UuidV7,
      seat: Type.Integer({ minimum: 1, maximum: 100 }),
      field: oneOf(identityFields),
    },
    closed,
  ),
  output: Type.Object(
    {
      field: oneOf(identityFields),
      text: classified('identity', Type.String()),
      /** What the person had it corrected to, where that was granted. */
      correctedTo: Type.Union([classified('identity', Type.String()), Type.Null()]),
      shownForSeconds: Type.Integer({ minimum: 1 }),
      limits: LookUpLimits,
    },
    closed,
  ),
  errors: ['NOT_LOOKED_UP', 'FIELD_NOT_HELD', 'IDENTITY_DESTROYED', 'LOOK_UP_LIMIT_REACHED'],
})

/** One search of one's own; what was searched for is not kept. */
export const OwnLookUp = Type.Object(
  { at: Instant, purpose: oneOf(lookUpPurposes), kind: oneOf(searchedKinds), matches: Count },
  closed,
)
export type OwnLookUp = Static<typeof OwnLookUp>

export const listOwnLookUps = defineEndpoint({
  id: 'identity.own-look-ups',
  method: 'GET',
  path: '/api/identity/own-look-ups',
  summary: 'My latest look-ups and what is left',
  description: 'The latest fifty searches of the account that asks, and how many more it may make.',
  access: { roles: lookUpRoles, area: 'actor', purpose: 'identity-look-up' },
  audit: { action: 'identity.own-look-ups', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ limits: LookUpLimits, lookUps: Type.Array(OwnLookUp) }, closed),
  errors: [],
})
