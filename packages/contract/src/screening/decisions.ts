import Type, { type Static } from 'typebox'
import { ShownCertificate } from '../certificates/shown.ts'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ListedView } from '../matching/listed.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { exposureLevels, feverLevels, RiskArea, Rule } from '../responses/response.ts'
import type { Role } from '../roles.ts'
import { correctionGrounds } from './corrections.ts'
import { dispositions } from './dispositions.ts'
import { CorrectedFindings } from './finding-corrections.ts'
import { OverrideWords, overrideGrounds, overrideRoles, overrideStates } from './override.ts'
import { Exposure, SeatLabel, TemperatureReading } from './record-screening.ts'
import { conveyanceKinds } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** Who may read why somebody was decided on as they were. */
export const decisionRoles = [
  'post-lead',
  'commander',
  'screening-clerk',
  'auditor',
] as const satisfies readonly Role[]

/** One correction of what was found, with who made it; what was recorded stays. */
export const FindingCorrectionView = Type.Object(
  {
    id: UuidV7,
    madeAt: Instant,
    by: Type.Object({ accountId: Type.String(), officer: BilingualText }, closed),
    ground: oneOf(correctionGrounds),
    /** Null where none were written, and where the key that seals them is destroyed. */
    words: Type.Union([Type.String(), Type.Null()]),
    before: CorrectedFindings,
    after: CorrectedFindings,
  },
  closed,
)
export type FindingCorrectionView = Static<typeof FindingCorrectionView>

const seat = Type.Integer({ minimum: 1, maximum: 100 })
const Officer = Type.Object({ accountId: Type.String(), officer: BilingualText }, closed)
export const Disposition = classified('health', oneOf(dispositions))

/** One override with who made it and who answered. */
export const OverrideView = Type.Object(
  {
    id: UuidV7,
    screeningId: UuidV7,
    seat,
    postId: Type.Integer(),
    madeAt: Instant,
    recordedAt: Instant,
    disposition: Disposition,
    /** What stood when it was made. */
    stood: Disposition,
    ground: oneOf(overrideGrounds),
    /** Null where none were written, and where the key that seals them is destroyed. They may name somebody. */
    words: Type.Union([Type.String(), Type.Null()]),
    by: Officer,
    state: oneOf(overrideStates),
    /** Whether this is the one that counts. */
    stands: Type.Boolean(),
    second: Type.Union([
      Type.Object({ by: Officer, at: Instant, agrees: Type.Boolean() }, closed),
      Type.Null(),
    ]),
  },
  closed,
)
export type OverrideView = Static<typeof OverrideView>

/** Something that is stored otherwise than the rules of that hour give it; seat 0 is the vehicle. */
export const DecisionDifference = Type.Object(
  {
    seat: Type.Integer({ minimum: 0 }),
    part: Type.String(),
    kept: classified('health', Type.String()),
    replayed: classified('health', Type.String()),
  },
  closed,
)
export type DecisionDifference = Static<typeof DecisionDifference>

/** Why one person was decided on as they were; nothing that names them. */
export const TravellerDecision = Type.Object(
  {
    seat,
    /** Where the person sat; null where that was not recorded. */
    seatLabel: Type.Union([SeatLabel, Type.Null()]),
    fever: classified('health', oneOf(feverLevels)),
    exposure: classified('health', oneOf(exposureLevels)),
    contactWithCase: classified('health', Type.Boolean()),
    readings: classified('health', Type.Array(TemperatureReading)),
    exposures: classified(
      'health',
      Type.Array(Type.Object({ ...Exposure.properties, area: BilingualText }, closed)),
    ),
    symptoms: classified('health', Type.Array(BilingualText)),
    /** Lists that they stood on at that hour, as the rules looked at them. */
    listed: classified('health', Type.Array(ListedView)),
    /** As recorded, for whoever corrects it. */
    recorded: CorrectedFindings,
    /** Health certificates that were shown; no rule looked at them. */
    certificates: Type.Array(ShownCertificate),
    /** Corrections of what was found, oldest first. */
    corrections: Type.Array(FindingCorrectionView),
    /** What is known now and what the rules of that hour would say of it; null where nothing was corrected, or they are gone. */
    corrected: Type.Union([
      Type.Object(
        {
          findings: CorrectedFindings,
          fever: classified('health', oneOf(feverLevels)),
          exposure: classified('health', oneOf(exposureLevels)),
          disposition: Disposition,
          ruleIds: classified('health', Type.Array(Type.String())),
        },
        closed,
      ),
      Type.Null(),
    ]),
    /** What the rules gave; it stays as it was recorded. */
    disposition: Disposition,
    ruleIds: classified('health', Type.Array(Type.String())),
    /** What counts now. */
    standing: Disposition,
    /** The mildest that a lead alone may give. */
    bound: Disposition,
    /** Oldest first. */
    overrides: Type.Array(OverrideView),
  },
  closed,
)
export type TravellerDecision = Static<typeof TravellerDecision>

export const DecisionView = Type.Object(
  {
    screeningId: UuidV7,
    jurisdiction: DivisionCode,
    postId: Type.Integer(),
    lane: Type.Integer(),
    occurredAt: Instant,
    recordedAt: Instant,
    day: CivilDate,
    conveyanceKind: oneOf(conveyanceKinds),
    /** It was keyed from a paper form; otherwise a phone sent it. */
    fromPaper: Type.Boolean(),
    disposition: Disposition,
    response: Type.Object({ id: Type.String(), name: BilingualText }, closed),
    rulesVersion: Type.Integer(),
    /** Null where this version is not there any more. */
    rules: Type.Union([
      Type.Object(
        {
          feverThresholdCelsius: Type.Number(),
          exposureWindowDays: Type.Integer(),
          rules: Type.Array(Rule),
          /** At risk on a day of the window before the screening, as that version had them. */
          riskAreas: Type.Array(Type.Object({ ...RiskArea.properties, area: BilingualText }, closed)),
          overridesTo: Type.Array(oneOf(dispositions)),
          symptoms: Type.Array(Type.Object({ code: Type.String(), name: BilingualText }, closed)),
        },
        closed,
      ),
      Type.Null(),
    ]),
    travellers: Type.Array(TravellerDecision),
    /** What the rules of that hour give otherwise today; empty unless something was changed. */
    differences: Type.Array(DecisionDifference),
  },
  closed,
)
export type DecisionView = Static<typeof DecisionView>

export const readDecision = defineEndpoint({
  id: 'screening.decision',
  method: 'GET',
  path: '/api/screenings/decision',
  summary: 'Why a screening ended as it did',
  description:
    'Findings, rules and risk areas of that day, what the rules gave, what was put in its place and by whom, and a replay by the rules of that hour. Names nobody who was screened.',
  access: { roles: decisionRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.decision', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ screening: UuidV7 }, closed),
  output: DecisionView,
  errors: ['UNKNOWN_SCREENING'],
})

/** What an override may be refused for, from a phone or a console. */
export const overrideRefusals = [
  'TEXT_NOT_WELL_FORMED',
  'UNKNOWN_SCREENING',
  'UNKNOWN_RULES_VERSION',
  'OVERRIDE_CHANGES_NOTHING',
  'OVERRIDE_NOT_LAWFUL',
  'OVERRIDE_BELOW_BOUND',
  'OVERRIDE_WORDS_MISSING',
  'OVERRIDE_TOO_LATE',
  'IDENTITY_DESTROYED',
] as const

export const overrideScreening = defineEndpoint({
  id: 'screening.override',
  method: 'POST',
  path: '/api/screenings/overrides',
  summary: 'Put another disposition in the place of one',
  description:
    'A lead decides otherwise than the rules, with a ground. What the rules gave stays as recorded. What is milder than a lead may give alone waits for a second person. Phones send the same by sync.push.',
  access: { roles: overrideRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.override', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      screeningId: UuidV7,
      seat,
      disposition: Disposition,
      ground: oneOf(overrideGrounds),
      words: Type.Optional(OverrideWords),
    },
    closed,
  ),
  output: Type.Object({ id: UuidV7, recordedAt: Instant, needsSecond: Type.Boolean() }, closed),
  successStatus: 201,
  errors: overrideRefusals,
})

export const answerOverride = defineEndpoint({
  id: 'screening.answer-override',
  method: 'POST',
  path: '/api/screenings/overrides/answer',
  summary: 'Agree to an override, or not',
  description:
    'The second person answers an override that is milder than a lead may give alone. Nobody answers their own; the first answer counts.',
  access: { roles: overrideRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.answer-override', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ overrideId: UuidV7, agrees: Type.Boolean() }, closed),
  output: Type.Object({ agrees: Type.Boolean() }, closed),
  errors: ['UNKNOWN_OVERRIDE', 'OVERRIDE_OWN_SECOND', 'OVERRIDE_ANSWERED'],
})

/** Overrides that one answer shows. */
export const overridesShown = 200

export const listOverrides = defineEndpoint({
  id: 'screening.overrides',
  method: 'GET',
  path: '/api/screenings/overrides',
  summary: 'Dispositions that leads decided otherwise',
  description:
    'Overrides of screenings of a day, newest first, and those of any day that wait for a second person. Names nobody who was screened.',
  access: { roles: decisionRoles, area: 'query.area', purpose: 'screening' },
  audit: { action: 'screening.overrides', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode, day: Type.Optional(CivilDate) }, closed),
  output: Type.Object(
    { day: CivilDate, asOf: Instant, overrides: Type.Array(OverrideView), waiting: Type.Array(OverrideView) },
    closed,
  ),
  errors: ['UNKNOWN_AREA'],
})

/** Differences that one answer shows; `differing` counts all of them. */
export const differencesShown = 100

export const replayDecisions = defineEndpoint({
  id: 'screening.replay',
  method: 'GET',
  path: '/api/screenings/replay',
  summary: 'Decide a day again by the rules of that hour',
  description:
    'Decides every screening of a day again from its stored findings, by the version of the rules it carries. Differences say that records or rules were changed since.',
  access: { roles: ['commander', 'auditor'], area: 'query.area', purpose: 'screening' },
  audit: { action: 'screening.replay', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode, day: CivilDate }, closed),
  output: Type.Object(
    {
      day: CivilDate,
      asOf: Instant,
      screenings: Count,
      travellers: Count,
      /** Screenings that differ. */
      differing: Count,
      /** False where the facts of the day are deleted, so that nothing is left to decide again. */
      held: Type.Boolean(),
      differences: Type.Array(
        Type.Object(
          { screeningId: UuidV7, postId: Type.Integer(), ...DecisionDifference.properties },
          closed,
        ),
      ),
    },
    closed,
  ),
  errors: ['UNKNOWN_AREA'],
})
