import Type, { type Static, type TSchema } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Reason } from '../identity/look-up.ts'
import { AreaCode, BilingualText, CivilDate, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { RiskArea, rulesBy } from '../responses/response.ts'

const closed = { additionalProperties: false } as const
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const ResponseId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', maxLength: 40 })
export const RulesVersion = Type.Integer({ minimum: 1, maximum: 100_000 })

/** An area at risk as it stands in the version before, and its last day. */
export const EndedRiskArea = Type.Object(
  { areaCode: AreaCode, level: oneOf(['medium', 'high']), from: CivilDate, until: CivilDate },
  closed,
)
export type EndedRiskArea = Static<typeof EndedRiskArea>

/** What changes between two versions: areas at risk that are added, and those that end. */
export const RiskAreaChange = Type.Object(
  {
    added: Type.Array(RiskArea, { maxItems: 40 }),
    ended: Type.Array(EndedRiskArea, { maxItems: 40 }),
  },
  closed,
)
export type RiskAreaChange = Static<typeof RiskAreaChange>

export const PublishBody = Type.Object(
  {
    responseId: ResponseId,
    /** The version that this one follows, as it was shown. */
    afterVersion: RulesVersion,
    ...RiskAreaChange.properties,
    /** The people whom it reaches are to be called within so many hours. */
    dueHours: Type.Integer({ minimum: 1, maximum: 168 }),
  },
  closed,
)
export type PublishBody = Static<typeof PublishBody>

export const PublishAloneBody = Type.Object(
  {
    ...PublishBody.properties,
    /** Why nobody else is asked; needed where two people decide. */
    aloneBecause: Type.Optional(Reason),
  },
  closed,
)
export type PublishAloneBody = Static<typeof PublishAloneBody>

/** What may stand against a change of areas at risk, whoever decides on it. */
export const ruleChangeRefusals = [
  'OUTSIDE_AREA',
  'UNKNOWN_RESPONSE',
  'UNKNOWN_ORIGIN',
  'RULES_OVERTAKEN',
  'RULES_WAITING',
  'RULES_UNCHANGED',
  'RISK_AREA_UNKNOWN',
  'RISK_AREA_TWICE',
  'RISK_AREA_DATES',
  'RISK_AREAS_TOO_MANY',
  'TEXT_NOT_WELL_FORMED',
] as const

export const publishRules = defineEndpoint({
  id: 'rescreen.publish',
  method: 'POST',
  path: '/api/rescreen/publish',
  summary: 'Put changed areas at risk into force alone',
  description:
    'Adds the next version of the rules of a response, in force from today on, and starts to look for everyone on file whom it treats more strictly. Where two people decide this is for an emergency: the commander of the city says why, and the auditor is shown it. No version is ever changed.',
  access: { roles: ['commander'], area: 'actor', purpose: 'administration', recentFactor: true },
  audit: { action: 'rescreen.publish', record: 'every' },
  limits: { group: 'write', bodyBytes: 32_768 },
  body: PublishAloneBody,
  output: Type.Object({ version: RulesVersion, runId: UuidV7 }, closed),
  errors: [...ruleChangeRefusals, 'RULES_NEED_SECOND_PERSON', 'REASON_TOO_SHORT'],
})

export const RulesVersionLine = Type.Object(
  {
    version: RulesVersion,
    effectiveFrom: CivilDate,
    inForce: Type.Boolean(),
    /** Null for versions that came with the response. */
    publishedAt: nullable(Instant),
    publishedBy: nullable(BilingualText),
    /** Who proposed what the one before agreed to; null where one person decided. */
    proposedBy: nullable(BilingualText),
    /** One person put it into force although two decide. */
    alone: Type.Boolean(),
    /** Against the version before it. */
    added: Type.Array(RiskArea),
    ended: Type.Array(RiskArea),
    /** Whether more than areas at risk changed. */
    changesMore: Type.Boolean(),
    riskAreas: Type.Array(RiskArea),
  },
  closed,
)
export type RulesVersionLine = Static<typeof RulesVersionLine>

export const listRuleVersions = defineEndpoint({
  id: 'rescreen.versions',
  method: 'GET',
  path: '/api/rescreen/versions',
  summary: 'Every version of the rules, and who put it into force',
  description: 'Newest first, each with the areas at risk that came and went.',
  access: { roles: ['duty-planner', 'commander', 'auditor'], area: 'actor', purpose: 'monitoring' },
  audit: { action: 'rescreen.versions', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ responseId: ResponseId }, closed),
  output: Type.Object(
    {
      responseId: ResponseId,
      /** Who puts the next version into force. */
      rulesBy: oneOf(rulesBy),
      versions: Type.Array(RulesVersionLine),
    },
    closed,
  ),
  errors: ['UNKNOWN_RESPONSE'],
})
