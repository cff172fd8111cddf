import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { Reason } from '../identity/look-up.ts'
import {
  BilingualText,
  CivilDate,
  Count,
  DivisionCode,
  Instant,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import { dispositions } from '../screening/dispositions.ts'
import {
  exportApprovers,
  exportColumns,
  exportPurposes,
  exportRequesters,
  exportSubjects,
} from './columns.ts'

const closed = { additionalProperties: false } as const

/**
 * `requested` → `approved` | `refused` | `withdrawn` | `expired`; `approved` → `ready` | `failed` | `cancelled`;
 * `ready` → `expired` | `destroyed`. What has ended never comes back.
 */
export const exportStates = [
  'requested',
  'refused',
  'withdrawn',
  'approved',
  'ready',
  'failed',
  'cancelled',
  'expired',
  'destroyed',
] as const
export type ExportState = (typeof exportStates)[number]

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

const Days = { fromDay: CivilDate, toDay: CivilDate }

export const requestExport = defineEndpoint({
  id: 'exports.request',
  method: 'POST',
  path: '/api/exports/request',
  summary: 'Ask for a list',
  description:
    'Asks for a line list of screened people, of rows of worklists with what came of calling them, or of episodes of quarantine, for a purpose. The columns must be among those that the purpose allows of the subject; another person decides. Empty lists of posts, dispositions or worklists mean all of them; the first two are of screenings, the last of calls.',
  access: { roles: exportRequesters, area: 'actor', purpose: 'identity-export' },
  audit: { action: 'exports.request', record: 'every' },
  limits: { group: 'read', bodyBytes: 16_384 },
  body: Type.Object(
    {
      /** Left out: screenings. Days are those of the screening, of bringing the worklist, or of the order. */
      subject: Type.Optional(oneOf(exportSubjects)),
      purpose: oneOf(exportPurposes),
      reason: Reason,
      /** Organisation for which the list is meant; stands on every sheet. Sealed, because people write names. */
      organisation: classified('identity', Type.String({ minLength: 2, maxLength: 80, pattern: printable })),
      columns: Type.Array(oneOf(exportColumns), {
        minItems: 1,
        maxItems: exportColumns.length,
        uniqueItems: true,
      }),
      ...Days,
      postIds: Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
        maxItems: 200,
        uniqueItems: true,
      }),
      dispositions: Type.Array(oneOf(dispositions), { maxItems: dispositions.length, uniqueItems: true }),
      listIds: Type.Optional(Type.Array(UuidV7, { maxItems: 50, uniqueItems: true })),
      /** Language of its headings and words. */
      language: oneOf(['zh', 'en']),
    },
    closed,
  ),
  output: Type.Object({ exportId: UuidV7, rowTotal: Count }, closed),
  successStatus: 201,
  errors: [
    'PURPOSE_NOT_ALLOWED',
    'REASON_TOO_SHORT',
    'TEXT_NOT_WELL_FORMED',
    'EXPORT_COLUMN_NOT_ALLOWED',
    'EXPORT_TOO_LARGE',
    'EXPORT_EMPTY',
    'UNKNOWN_POST',
    'EXPORT_LIMIT_REACHED',
  ],
})

const Officer = Type.Object({ accountId: Type.String(), officer: BilingualText }, closed)

export const ExportDownload = Type.Object({ at: Instant, format: oneOf(exportFormats) }, closed)

export const ExportView = Type.Object(
  {
    id: UuidV7,
    state: oneOf(exportStates),
    areaCode: DivisionCode,
    subject: oneOf(exportSubjects),
    purpose: oneOf(exportPurposes),
    columns: Type.Array(oneOf(exportColumns)),
    ...Days,
    postIds: Type.Array(Type.Integer()),
    dispositions: Type.Array(oneOf(dispositions)),
    requestedAt: Instant,
    requestedBy: Officer,
    decidedAt: Type.Union([Instant, Type.Null()]),
    decidedBy: Type.Union([Officer, Type.Null()]),
    finishedAt: Type.Union([Instant, Type.Null()]),
    expiresAt: Type.Union([Instant, Type.Null()]),
    rowTotal: Count,
    rowCount: Count,
    downloads: Type.Array(ExportDownload),
    /** For whoever decides and whoever asked; null where the key is destroyed or the role has no need of it. */
    stated: Type.Union([
      Type.Object({ reason: Type.String(), organisation: Type.String() }, closed),
      Type.Null(),
    ]),
  },
  closed,
)
export type ExportView = Static<typeof ExportView>

export const listExports = defineEndpoint({
  id: 'exports.list',
  method: 'GET',
  path: '/api/exports',
  summary: 'Lists asked for and made',
  description:
    'Approvers and the auditor see every list of their area, everyone else their own: who asked, for what, how many rows, downloads, expiry.',
  access: { roles: [...exportRequesters, 'auditor'], area: 'actor', purpose: 'identity-export' },
  audit: { action: 'exports.list', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ asOf: Instant, exports: Type.Array(ExportView) }, closed),
  errors: [],
})

export const decideExport = defineEndpoint({
  id: 'exports.decide',
  method: 'POST',
  path: '/api/exports/decide',
  summary: 'Approve or refuse a list',
  description: 'Decides on a list that somebody else asked for; nobody approves their own.',
  access: { roles: exportApprovers, area: 'actor', purpose: 'identity-export', recentFactor: true },
  audit: { action: 'exports.decide', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object({ exportId: UuidV7, decision: oneOf(['approve', 'refuse']) }, closed),
  output: Type.Object({ state: oneOf(exportStates) }, closed),
  errors: ['EXPORT_NOT_FOUND', 'EXPORT_OWN_APPROVAL', 'EXPORT_STATE_CHANGED'],
})

export const stopExport = defineEndpoint({
  id: 'exports.stop',
  method: 'POST',
  path: '/api/exports/stop',
  summary: 'Withdraw, cancel or destroy a list',
  description:
    'Ends a list before its time: a request is withdrawn, one that is being made is cancelled, a ready one is destroyed. Its requester may, and whoever may approve.',
  access: { roles: exportRequesters, area: 'actor', purpose: 'identity-export' },
  audit: { action: 'exports.stop', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object({ exportId: UuidV7 }, closed),
  output: Type.Object({ state: oneOf(exportStates) }, closed),
  errors: ['EXPORT_NOT_FOUND', 'EXPORT_STATE_CHANGED'],
})

export const downloadExport = defineEndpoint({
  id: 'exports.download',
  method: 'POST',
  path: '/api/exports/download',
  summary: 'Download a list',
  description:
    'Answers the file to whoever asked for the list and nobody else. Each download carries a mark of its own, is counted, and is refused once the list has expired.',
  access: { roles: exportRequesters, area: 'actor', purpose: 'identity-export' },
  audit: { action: 'exports.download', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object({ exportId: UuidV7, format: oneOf(exportFormats) }, closed),
  output: Type.Object({}, closed),
  stream: 'file',
  errors: [
    'EXPORT_NOT_FOUND',
    'EXPORT_NOT_READY',
    'EXPORT_EXPIRED',
    'EXPORT_DOWNLOADS_SPENT',
    'IDENTITY_DESTROYED',
  ],
})

/** How a row was recognised, surest first. */
export const traceWays = ['ref', 'invisible-mark', 'same-row', 'same-person'] as const
export type TraceWay = (typeof traceWays)[number]

export const TraceMatch = Type.Object(
  {
    way: oneOf(traceWays),
    exportId: UuidV7,
    subject: oneOf(exportSubjects),
    purpose: oneOf(exportPurposes),
    requestedBy: Officer,
    approvedBy: Type.Union([Officer, Type.Null()]),
    organisation: Type.Union([Type.String(), Type.Null()]),
    finishedAt: Type.Union([Instant, Type.Null()]),
    /** The very download, where the invisible mark names it; otherwise every download of the list. */
    downloads: Type.Array(ExportDownload),
    /** Rows of the text that this list held. */
    rows: Count,
  },
  closed,
)
export type TraceMatch = Static<typeof TraceMatch>

export const traceExport = defineEndpoint({
  id: 'exports.trace',
  method: 'POST',
  path: '/api/exports/trace',
  summary: 'Trace a leaked row',
  description:
    'Says which list rows of a text come from: by the reference of the row, the invisible mark, the whole row, or the people in it. The text is not kept.',
  access: { roles: ['data-protection-officer', 'auditor'], area: 'actor', purpose: 'oversight' },
  audit: { action: 'exports.trace', record: 'every' },
  limits: { group: 'read', bodyBytes: 262_144 },
  body: Type.Object(
    { text: classified('identity', Type.String({ minLength: 1, maxLength: 60_000 })) },
    closed,
  ),
  output: Type.Object({ lines: Count, matches: Type.Array(TraceMatch) }, closed),
  errors: ['TEXT_NOT_WELL_FORMED', 'UPLOAD_INFECTED', 'SCANNER_UNAVAILABLE'],
})
