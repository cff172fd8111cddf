import Type, { type Static } from 'typebox'
import { VisitRules } from '../households/visit-rules.ts'
import { matchReasons } from '../matching/reasons.ts'
import { AreaCode, BilingualText, CivilDate, oneOf } from '../primitives.ts'
import { FollowUpPlan } from '../quarantine/plan.ts'
import { dispositions } from '../screening/dispositions.ts'
import { conveyanceKinds } from '../screening/vocabulary.ts'

const closed = { additionalProperties: false } as const

/** Fever found: none, one reading at or over the threshold, or confirmed by a second. */
export const feverLevels = ['none', 'suspected', 'confirmed'] as const
export type FeverLevel = (typeof feverLevels)[number]

/** Strongest exposure in the window, from none to contact with a case. */
export const exposureLevels = ['none', 'medium-risk-area', 'high-risk-area', 'contact'] as const
export type ExposureLevel = (typeof exposureLevels)[number]

/**
 * One rule. Every condition is a lower bound, so that more fever, exposure, symptoms or lists can only make more rules hold;
 * the strictest disposition among the rules that hold is taken. Together that makes the decision monotone.
 */
export const Rule = Type.Object(
  {
    id: Type.String({ pattern: '^R[0-9]{1,3}$' }),
    when: Type.Object(
      {
        feverAtLeast: Type.Optional(oneOf(feverLevels)),
        exposureAtLeast: Type.Optional(oneOf(exposureLevels)),
        symptomsAtLeast: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
        /** Found on a list for any of these reasons: an order in force is one of them. */
        listed: Type.Optional(Type.Array(oneOf(matchReasons), { minItems: 1, uniqueItems: true })),
        /** Only what the server has confirmed counts as found; with `listed` or alone. */
        listedConfirmed: Type.Optional(Type.Literal(true)),
      },
      closed,
    ),
    disposition: oneOf(dispositions),
    reason: BilingualText,
    /** The mildest that a lead alone may put in the place of what this rule gave; left out: any. */
    leadMayLowerTo: Type.Optional(oneOf(dispositions)),
  },
  closed,
)

/** An area at risk between two days; `until` is left out while it lasts. */
export const RiskArea = Type.Object(
  {
    areaCode: AreaCode,
    /** Of a street or town, whose names are not among the divisions that phones hold. */
    name: Type.Optional(
      Type.Object(
        {
          zh: Type.String({ minLength: 1, maxLength: 80 }),
          en: Type.String({ minLength: 1, maxLength: 80 }),
        },
        closed,
      ),
    ),
    level: oneOf(['medium', 'high']),
    from: CivilDate,
    until: Type.Optional(CivilDate),
  },
  closed,
)

/** What a lead may do about a disposition; where it is left out, rules set no bound. */
export const OverridePolicy = Type.Object(
  {
    /** Dispositions that an override may give: those that are lawful here. */
    to: Type.Array(oneOf(dispositions), { minItems: 1, uniqueItems: true }),
    /** Whether a second person may agree to what is milder than `leadMayLowerTo`. */
    belowBound: oneOf(['second-person', 'never']),
  },
  closed,
)
export type OverridePolicy = Static<typeof OverridePolicy>

/**
 * Who counts as near a suspected case aboard a conveyance of a kind: those who sat within so many rows before and behind, or,
 * where the number is left out, everyone aboard.
 */
export const NearRule = Type.Object(
  {
    kind: oneOf(conveyanceKinds),
    withinRows: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
  },
  closed,
)
export type NearRule = Static<typeof NearRule>

/** One version of the rules of a response; versions are immutable. */
export const RuleSet = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    effectiveFrom: CivilDate,
    feverThresholdCelsius: Type.Number({ minimum: 35, maximum: 40 }),
    secondReadingWaitMinutes: Type.Integer({ minimum: 0, maximum: 60 }),
    exposureWindowDays: Type.Integer({ minimum: 1, maximum: 60 }),
    symptoms: Type.Array(Type.Object({ code: Type.String(), name: BilingualText }, closed)),
    riskAreas: Type.Array(RiskArea),
    rules: Type.Array(Rule, { minItems: 1 }),
    overrides: Type.Optional(OverridePolicy),
    /** Where a kind is left out, two rows count where people sit in rows, and everyone aboard where they do not. */
    near: Type.Optional(Type.Array(NearRule, { maxItems: conveyanceKinds.length })),
    /** How people or houses are followed up; left out where nobody is. */
    followUp: Type.Optional(FollowUpPlan),
    /** How doors are visited; where it is left out, as the rules of the house say. */
    visits: Type.Optional(VisitRules),
  },
  closed,
)

export const rulesBy = ['two-people', 'one-person'] as const
export type RulesBy = (typeof rulesBy)[number]

/** A response to an outbreak, as data. */
export const Response = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    name: BilingualText,
    collectionFrom: CivilDate,
    /** Collection stops after this day unless a named person renews it. */
    collectionUntil: CivilDate,
    ruleSets: Type.Array(RuleSet, { minItems: 1 }),
    /** Who puts changed areas at risk into force; left out: one proposes and a second agrees. */
    rulesBy: Type.Optional(oneOf(rulesBy)),
  },
  closed,
)

export type Rule = Static<typeof Rule>
export type RiskArea = Static<typeof RiskArea>
export type RuleSet = Static<typeof RuleSet>
export type Response = Static<typeof Response>
