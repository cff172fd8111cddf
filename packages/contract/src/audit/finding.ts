import Type, { type Static } from 'typebox'
import { CivilDate, Count, oneOf } from '../primitives.ts'

/** What can be wrong with the audit; `docs/operations/audit.md` tells what each means. */
export const auditFindingKinds = [
  'entry-missing',
  'entry-inserted',
  'entries-changed',
  'entries-without-link',
  'link-missing',
  'link-changed',
  'link-unchained',
  'end-differs',
  'head-signature',
  'head-key',
  'head-unchained',
  'head-day-missing',
  'head-removed',
  'head-inserted',
  'head-changed',
  'head-entries',
  'chain-cut',
  'chain-rewritten',
] as const
export type AuditFindingKind = (typeof auditFindingKinds)[number]

/** One thing that does not fit, and where. */
export const AuditFinding = Type.Object(
  {
    kind: oneOf(auditFindingKinds),
    jurisdiction: Type.Integer(),
    /** Number of the link. */
    seq: Type.Optional(Type.Number()),
    /** Last link of a run of them. */
    untilSeq: Type.Optional(Type.Number()),
    /** Place of the entry in its link, from 0. */
    position: Type.Optional(Type.Integer()),
    /** Local day of the signed head. */
    day: Type.Optional(CivilDate),
    /** Whether the head is one of a file given, not of the database. */
    published: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type AuditFinding = Static<typeof AuditFinding>

/** What a verification has come to. */
export const AuditCounts = Type.Object(
  { links: Count, entries: Count, heads: Count, findings: Count },
  { additionalProperties: false },
)
