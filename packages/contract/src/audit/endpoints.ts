import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, printable } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { AuditDayHead } from './day-head.ts'
import { AuditCounts, AuditFinding } from './finding.ts'

const closed = { additionalProperties: false } as const

const readers = ['auditor', 'data-protection-officer'] as const satisfies readonly Role[]

/** Where the next page begins; made by the server, given back as it is. */
const Cursor = Type.String({ minLength: 1, maxLength: 120, pattern: '^[0-9A-Za-z:.,-]*$' })

const PageSize = Type.Integer({ minimum: 1, maximum: 1_000 })

const Hash = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' })

export const auditHeads = defineEndpoint({
  id: 'audit.heads',
  method: 'GET',
  path: '/api/audit/heads',
  summary: 'Signed daily heads of the audit',
  description:
    'For each jurisdiction and day over: number and hash of the last link, signed. Whoever keeps them can prove later that nothing before was changed or taken out. Oldest first, page by page.',
  access: { roles: 'anyone', area: 'none', purpose: 'public-information' },
  audit: { action: 'audit.heads', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    {
      from: Type.Optional(CivilDate),
      to: Type.Optional(CivilDate),
      after: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    },
    closed,
  ),
  output: Type.Object(
    {
      /** Key of this installation; heads from before a change of keys name their own. */
      publicKey: Hash,
      heads: Type.Array(AuditDayHead),
      next: Type.Union([Type.String(), Type.Null()]),
    },
    closed,
  ),
  errors: ['INVALID_INPUT'],
})

/** One act, as the audit holds it. */
export const AuditEntryView = Type.Object(
  {
    jurisdiction: Type.Integer(),
    seq: Count,
    position: Count,
    at: Instant,
    account: Type.Union([
      Type.Object({ id: Type.String(), login: Type.String(), title: BilingualText }, closed),
      Type.Null(),
    ]),
    deviceId: Type.Union([Type.String(), Type.Null()]),
    action: Type.String(),
    subject: Type.Union([Type.String(), Type.Null()]),
    outcome: Type.String(),
    detail: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)
export type AuditEntryView = Static<typeof AuditEntryView>

const Word = Type.String({ minLength: 1, maxLength: 80, pattern: printable })

export const auditEntries = defineEndpoint({
  id: 'audit.entries',
  method: 'GET',
  path: '/api/audit/entries',
  summary: 'Search the audit',
  description:
    'Entries of the chains in an area between two local days, newest first, by action, account and outcome. Reading the audit is itself audited.',
  access: { roles: [...readers], area: 'query.area', purpose: 'audit' },
  audit: { action: 'audit.entries', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    {
      area: DivisionCode,
      from: CivilDate,
      to: CivilDate,
      action: Type.Optional(Word),
      /** Login of an account. */
      login: Type.Optional(Word),
      outcome: Type.Optional(Word),
      subject: Type.Optional(Word),
      after: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    },
    closed,
  ),
  output: Type.Object(
    { entries: Type.Array(AuditEntryView), next: Type.Union([Type.String(), Type.Null()]) },
    closed,
  ),
  errors: ['INVALID_INPUT', 'UNKNOWN_AREA', 'AUDIT_SEARCH_TOO_WIDE'],
})

/** A run of the verification. */
export const AuditVerificationView = Type.Object(
  {
    id: Type.String(),
    startedAt: Instant,
    finishedAt: Type.Union([Instant, Type.Null()]),
    /** It ended without a result, or whoever ran it is gone. */
    failed: Type.Boolean(),
    linksTotal: Count,
    counts: AuditCounts,
    /** The first of them. */
    findings: Type.Array(AuditFinding),
  },
  closed,
)
export type AuditVerificationView = Static<typeof AuditVerificationView>

export const AuditChainView = Type.Object(
  {
    jurisdiction: Type.Integer(),
    seq: Count,
    hash: Hash,
    at: Instant,
    /** Newest day that is signed. */
    signedDay: Type.Union([CivilDate, Type.Null()]),
  },
  closed,
)
export type AuditChainView = Static<typeof AuditChainView>

export const auditChains = defineEndpoint({
  id: 'audit.chains',
  method: 'GET',
  path: '/api/audit/chains',
  summary: 'State of the audit chains',
  description:
    'The end of each chain in the area, the newest day that is signed, and the latest verifications with what they found.',
  access: { roles: [...readers], area: 'actor', purpose: 'audit' },
  audit: { action: 'audit.chains', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    { chains: Type.Array(AuditChainView), verifications: Type.Array(AuditVerificationView) },
    closed,
  ),
  errors: [],
})

export const verifyAuditChains = defineEndpoint({
  id: 'audit.verify',
  method: 'POST',
  path: '/api/audit/verifications',
  summary: 'Verify the audit chains',
  description:
    'Starts to recompute every chain in the area in the background, or tells of the run that is under way. Progress and result are part of the state of the chains.',
  access: { roles: [...readers], area: 'actor', purpose: 'audit' },
  audit: { action: 'audit.verify', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({}, closed),
  output: AuditVerificationView,
  successStatus: 202,
  errors: [],
})
