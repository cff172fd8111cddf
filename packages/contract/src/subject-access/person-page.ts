import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { accessWays, identityFields, seenPurposes } from '../identity/purposes.ts'
import { ListedView } from '../matching/listed.ts'
import { BilingualText, CivilDate, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { correctionGrounds, correctionSources } from '../screening/corrections.ts'
import { dispositions } from '../screening/dispositions.ts'
import { overrideGrounds } from '../screening/override.ts'
import { SeatLabel } from '../screening/record-screening.ts'
import { conveyanceKinds, documentKinds, evidenceKinds } from '../screening/vocabulary.ts'
import { HeldCall } from './held-call.ts'
import { HeldHousehold } from './held-household.ts'
import { HeldUntil } from './held-until.ts'
import { correctableFields, RequestView } from './requests.ts'

const closed = { additionalProperties: false } as const

/** A field of the person: covered to be shown, and in full where the reader may have it. */
export const HeldField = Type.Object(
  {
    field: oneOf(identityFields),
    masked: Type.String(),
    text: Type.Optional(classified('identity', Type.String())),
  },
  closed,
)
export type HeldField = Static<typeof HeldField>

/** A correction that was granted or made; what it corrects stands as it was recorded. */
export const GrantedCorrection = Type.Object(
  {
    id: Type.String(),
    field: oneOf(correctableFields),
    grantedAt: Instant,
    source: oneOf(correctionSources),
    masked: Type.String(),
    text: Type.Optional(classified('identity', Type.String())),
  },
  closed,
)
export type GrantedCorrection = Static<typeof GrantedCorrection>

/** Somebody came to see the person: by role, not by name. */
export const SeenBy = Type.Object(
  {
    at: Instant,
    role: oneOf(roles),
    purpose: oneOf(seenPurposes),
    way: oneOf(accessWays),
    fields: Type.Array(oneOf(identityFields)),
    /** In the officer's words, where the installation shows them; they may name others. */
    reason: Type.Union([classified('identity', Type.String()), Type.Null()]),
  },
  closed,
)
export type SeenBy = Static<typeof SeenBy>

/** Days of a quarantine, counted by the facts of the screening. */
export const QuarantineDays = Type.Object(
  {
    /** `exposure`: from the last day at a place at risk. `screening`: no such day is known. */
    countedBy: oneOf(['exposure', 'screening']),
    countedFrom: CivilDate,
    lastDay: CivilDate,
    days: Type.Integer({ minimum: 1 }),
    /** Which day today is; null where it is over. */
    today: Type.Union([Type.Integer(), Type.Null()]),
  },
  closed,
)
export type QuarantineDays = Static<typeof QuarantineDays>

const reading = Type.Object(
  {
    at: Instant,
    method: Type.String(),
    /** Null: under the threshold, without a number. */
    temperatureCelsius: Type.Union([Type.Number(), Type.Null()]),
  },
  closed,
)

const exposure = Type.Object(
  { area: BilingualText, leftOn: CivilDate, evidence: oneOf(evidenceKinds) },
  closed,
)

/** Everything that is held of a person from one screening. */
export const PersonRecord = Type.Object(
  {
    slipCode: Type.String(),
    at: Instant,
    day: CivilDate,
    post: BilingualText,
    district: BilingualText,
    lane: Type.Integer(),
    /** Where the person sat; null where that was not recorded. */
    seatLabel: Type.Union([SeatLabel, Type.Null()]),
    conveyanceKind: oneOf(conveyanceKinds),
    documentKind: oneOf(documentKinds),
    fields: Type.Array(HeldField),
    corrections: Type.Array(GrantedCorrection),
    /** What was put right of what was stated and found, oldest first; the parts that were changed alone. */
    findingCorrections: Type.Array(
      Type.Object(
        {
          at: Instant,
          ground: oneOf(correctionGrounds),
          origin: Type.Optional(BilingualText),
          readings: Type.Optional(classified('health', Type.Array(reading))),
          symptoms: Type.Optional(classified('health', Type.Array(BilingualText))),
          exposures: Type.Optional(classified('health', Type.Array(exposure))),
          contactWithCase: Type.Optional(classified('health', Type.Boolean())),
        },
        closed,
      ),
    ),
    origin: BilingualText,
    originEvidence: oneOf(evidenceKinds),
    exposures: classified('health', Type.Array(exposure)),
    contactWithCase: classified('health', Type.Boolean()),
    readings: classified('health', Type.Array(reading)),
    symptoms: classified('health', Type.Array(BilingualText)),
    /** Lists that their document stood on at that hour. */
    listed: classified('health', Type.Array(ListedView)),
    disposition: classified('health', oneOf(dispositions)),
    reasons: Type.Array(Type.Object({ id: Type.String(), reason: BilingualText }, closed)),
    rulesVersion: Type.Integer(),
    /** What leads put in the place of `disposition` and is in force, oldest first; the last one counts. */
    overrides: Type.Array(
      Type.Object(
        {
          at: Instant,
          disposition: classified('health', oneOf(dispositions)),
          ground: oneOf(overrideGrounds),
        },
        closed,
      ),
    ),
    quarantine: Type.Union([QuarantineDays, Type.Null()]),
    identityHeld: HeldUntil,
    findingsHeld: HeldUntil,
    seenBy: Type.Array(SeenBy),
  },
  closed,
)
export type PersonRecord = Static<typeof PersonRecord>

/** The person's own page: this screening first, then others of the same document. */
export const PersonPage = Type.Object(
  {
    city: BilingualText,
    timeZone: Type.String(),
    asOf: Instant,
    records: Type.Array(PersonRecord),
    /** There are more than are shown. */
    more: Type.Boolean(),
    /** What households hold of the same document. */
    households: Type.Array(HeldHousehold),
    /** Lists of people to be called that carry the same document. */
    calls: Type.Array(HeldCall),
    /** When somebody opened this page with the code, or a desk did. */
    openings: Type.Array(Instant),
    requests: Type.Array(RequestView),
    answerDays: Type.Integer({ minimum: 1 }),
  },
  closed,
)
export type PersonPage = Static<typeof PersonPage>

/** Screenings of one document that a page shows. */
export const mostRecords = 20
