import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { CivilDate, Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { RiskArea } from '../responses/response.ts'
import { dispositions } from '../screening/dispositions.ts'

const closed = { additionalProperties: false } as const

/** Counts of a preview are rounded to this, so that nobody can be picked out by asking twice. */
export const previewRounding = 5

export const PreviewBody = Type.Object(
  {
    area: DivisionCode,
    /** The rules that would change. */
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', maxLength: 40 }),
    /** Looks back over so many days, today among them. */
    days: Type.Integer({ minimum: 1, maximum: 28 }),
    /** Put beside the areas at risk that there are. */
    riskAreas: Type.Array(RiskArea, { minItems: 1, maxItems: 40 }),
  },
  closed,
)
export type PreviewBody = Static<typeof PreviewBody>

/** Rounded to `previewRounding`. */
const Rounded = Type.Integer({ minimum: 0, multipleOf: previewRounding })

export const RiskAreaPreview = Type.Object(
  {
    responseId: Type.String(),
    rulesVersion: Type.Integer(),
    from: CivilDate,
    until: CivilDate,
    countedAt: Instant,
    rounding: Count,
    /** People screened on these days. */
    travellers: Rounded,
    /** Of them, those whom the changed rules would treat more strictly. */
    reselected: Rounded,
    byDay: Type.Array(Type.Object({ day: CivilDate, travellers: Rounded, reselected: Rounded }, closed)),
    byPost: Type.Array(Type.Object({ postId: Type.Integer(), reselected: Rounded }, closed)),
    byDistrict: Type.Array(Type.Object({ jurisdiction: DivisionCode, reselected: Rounded }, closed)),
    byOutcome: Type.Array(
      Type.Object({ before: oneOf(dispositions), after: oneOf(dispositions), people: Rounded }, closed),
    ),
    /** People whose journey began in one of the areas and who named no stay: they would have to be asked. */
    notAsked: Rounded,
  },
  closed,
)
export type RiskAreaPreview = Static<typeof RiskAreaPreview>

export const previewRiskAreas = defineEndpoint({
  id: 'origin.preview',
  method: 'POST',
  path: '/api/origin/preview',
  summary: 'Whom a change of risk areas would reselect',
  description:
    'Decides recent screenings again with further areas at risk, and counts who would be treated more strictly, by day, post and district. Changes nothing; no person is named, and counts are rounded.',
  access: { roles: ['duty-planner', 'commander'], area: 'body.area', purpose: 'monitoring' },
  audit: { action: 'origin.preview', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: PreviewBody,
  output: RiskAreaPreview,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_RESPONSE'],
})
