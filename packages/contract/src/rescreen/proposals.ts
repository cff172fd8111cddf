import Type, { type Static, type TSchema } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { Reason } from '../identity/look-up.ts'
import { BilingualText, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { PublishBody, ResponseId, RiskAreaChange, RulesVersion, ruleChangeRefusals } from './rule-versions.ts'
import { proposalStates, ruleDeciders } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const decides = { roles: ruleDeciders, area: 'actor', purpose: 'administration' } as const

/** What somebody wrote of a decision, for whoever decides and verifies. */
const Because = Type.Union([classified('operational', Type.String()), Type.Null()])

export const RuleProposal = Type.Object(
  {
    id: UuidV7,
    responseId: ResponseId,
    afterVersion: RulesVersion,
    ...RiskAreaChange.properties,
    dueHours: Type.Integer(),
    state: oneOf(proposalStates),
    proposedAt: Instant,
    proposedBy: BilingualText,
    role: oneOf(ruleDeciders),
    lapsesAt: Instant,
    /** Of whoever asks. */
    own: Type.Boolean(),
    /** Whoever asks can agree to it or decline it. */
    mayDecide: Type.Boolean(),
    decidedAt: nullable(Instant),
    decidedBy: nullable(BilingualText),
    /** Why it was declined; null where it was not, or the key of its day is destroyed. */
    because: Because,
    /** What it became. */
    version: nullable(RulesVersion),
  },
  closed,
)
export type RuleProposal = Static<typeof RuleProposal>

export const proposeRules = defineEndpoint({
  id: 'rescreen.propose',
  method: 'POST',
  path: '/api/rescreen/propose',
  summary: 'Propose that areas at risk change',
  description:
    'Nothing holds before a second person of the city agrees, of whom one commands; nobody agrees to their own. Lapses after twelve hours.',
  access: decides,
  audit: { action: 'rescreen.propose', record: 'every' },
  limits: { group: 'write', bodyBytes: 32_768 },
  body: PublishBody,
  output: Type.Object({ proposalId: UuidV7, lapsesAt: Instant }, closed),
  successStatus: 201,
  errors: ruleChangeRefusals,
})

export const listProposals = defineEndpoint({
  id: 'rescreen.proposals',
  method: 'GET',
  path: '/api/rescreen/proposals',
  summary: 'Changes of areas at risk that were proposed',
  description: 'What waits for a second person first, then what became of the latest twenty.',
  access: { roles: [...ruleDeciders, 'auditor'], area: 'actor', purpose: 'monitoring' },
  audit: { action: 'rescreen.proposals', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ responseId: ResponseId }, closed),
  output: Type.Object({ asOf: Instant, proposals: Type.Array(RuleProposal) }, closed),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_RESPONSE'],
})

export const decideProposal = defineEndpoint({
  id: 'rescreen.decide',
  method: 'POST',
  path: '/api/rescreen/decide',
  summary: 'Agree to changed areas at risk, or decline',
  description:
    'Agreed to, it is put into force as the next version and everyone on file whom it treats more strictly is looked for. Declined, it says why.',
  access: { ...decides, recentFactor: true },
  audit: { action: 'rescreen.decide', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_048 },
  body: Type.Object(
    { proposalId: UuidV7, decision: oneOf(['agree', 'decline']), because: Type.Optional(Reason) },
    closed,
  ),
  output: Type.Object(
    { state: oneOf(proposalStates), version: nullable(RulesVersion), runId: nullable(UuidV7) },
    closed,
  ),
  errors: [
    ...ruleChangeRefusals,
    'PROPOSAL_NOT_FOUND',
    'PROPOSAL_OWN',
    'PROPOSAL_NEEDS_COMMANDER',
    'PROPOSAL_CLOSED',
    'REASON_TOO_SHORT',
  ],
})

export const withdrawProposal = defineEndpoint({
  id: 'rescreen.withdraw',
  method: 'POST',
  path: '/api/rescreen/withdraw',
  summary: 'Withdraw an own proposal',
  description: 'Whoever proposed takes it back while nobody has decided on it.',
  access: decides,
  audit: { action: 'rescreen.withdraw', record: 'every' },
  limits: { group: 'write', bodyBytes: 256 },
  body: Type.Object({ proposalId: UuidV7 }, closed),
  output: Type.Object({ state: oneOf(proposalStates) }, closed),
  errors: ['OUTSIDE_AREA', 'PROPOSAL_NOT_FOUND', 'PROPOSAL_CLOSED'],
})

export const RulesPutAlone = Type.Object(
  {
    responseId: ResponseId,
    version: RulesVersion,
    publishedAt: Instant,
    publishedBy: BilingualText,
    because: Because,
    reviewedAt: nullable(Instant),
    reviewedBy: nullable(BilingualText),
  },
  closed,
)
export type RulesPutAlone = Static<typeof RulesPutAlone>

export const listPutAlone = defineEndpoint({
  id: 'rescreen.alone',
  method: 'GET',
  path: '/api/rescreen/alone',
  summary: 'Versions that one person put into force alone',
  description: 'With why, those first that no auditor has looked at.',
  access: { roles: ['commander', 'auditor'], area: 'actor', purpose: 'oversight' },
  audit: { action: 'rescreen.alone', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ alone: Type.Array(RulesPutAlone) }, closed),
  errors: ['OUTSIDE_AREA'],
})

export const reviewPutAlone = defineEndpoint({
  id: 'rescreen.review',
  method: 'POST',
  path: '/api/rescreen/review',
  summary: 'Say that a version put into force alone was looked at',
  description: 'The auditor has read why one person decided, and says so by name; the first time counts.',
  access: { roles: ['auditor'], area: 'actor', purpose: 'oversight' },
  audit: { action: 'rescreen.review', record: 'every' },
  limits: { group: 'write', bodyBytes: 256 },
  body: Type.Object({ responseId: ResponseId, version: RulesVersion }, closed),
  output: Type.Object({ reviewedAt: Instant }, closed),
  errors: ['OUTSIDE_AREA', 'RULES_VERSION_UNKNOWN'],
})
