import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, printable } from '../primitives.ts'
import type { Role } from '../roles.ts'

const closed = { additionalProperties: false } as const

/** Columns that a file of reported cases must have; others may be there and are handed back with a refused row. */
export const caseColumns = ['date', 'origin_code', 'confirmed_cum', 'published_on'] as const

/** Longest file that a browser may send; larger ones go by the command line. */
export const longestCaseFile = 1_500_000
/** So many refused rows come back with one answer, each with its reason; all are counted. */
export const mostRefusedRows = 2_000

export const caseImporters: readonly Role[] = ['screening-clerk', 'duty-planner', 'commander']

const SourceText = Type.String({ minLength: 1, maxLength: 200, pattern: printable })

export const ImportCasesBody = Type.Object(
  {
    /** The city that the file is for. */
    area: DivisionCode,
    /** Who published it, as it is to be shown. */
    source: SourceText,
    /** Under which terms it may be used; “none stated” is an answer. */
    licence: SourceText,
    /** The file as text: CSV with a header, see `caseColumns`. */
    csv: Type.String({ minLength: 1, maxLength: longestCaseFile }),
  },
  closed,
)
export type ImportCasesBody = Static<typeof ImportCasesBody>

/** A row that was not taken, as it was sent, and why. */
export const RefusedRow = Type.Object(
  {
    /** As an editor counts lines; the header is row 1. */
    row: Type.Integer({ minimum: 1 }),
    column: Type.Union([Type.String(), Type.Null()]),
    reason: BilingualText,
    cells: Type.Array(Type.String()),
  },
  closed,
)
export type RefusedRow = Static<typeof RefusedRow>

export const ImportedCases = Type.Object(
  {
    id: Type.String(),
    rowsNew: Count,
    /** Said before with the same numbers. */
    rowsKnown: Count,
    rowsRefused: Count,
    header: Type.Array(Type.String()),
    /** The first `mostRefusedRows`, complete, so that they can be corrected and sent again. */
    refused: Type.Array(RefusedRow),
  },
  closed,
)
export type ImportedCases = Static<typeof ImportedCases>

export const importCases = defineEndpoint({
  id: 'origin.import-cases',
  method: 'POST',
  path: '/api/origin/case-reports',
  summary: 'Take in reported cases of origins',
  description:
    'Confirmed cases in all, by origin and day, each with the day on which it was published. Rows that fit are added as new versions and overwrite nothing; rows that do not come back whole with the reason.',
  access: { roles: caseImporters, area: 'body.area', purpose: 'monitoring' },
  audit: { action: 'origin.import-cases', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_000_000 },
  body: ImportCasesBody,
  output: ImportedCases,
  errors: ['OUTSIDE_AREA', 'UNKNOWN_AREA', 'CASE_FILE_UNREADABLE'],
})

export const CaseSets = Type.Object(
  {
    /** Newest first, at most 50. */
    sets: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          importedAt: Instant,
          source: Type.String(),
          licence: Type.String(),
          rowsNew: Count,
          rowsKnown: Count,
          rowsRefused: Count,
        },
        closed,
      ),
    ),
    /** Last day on which anything was published that is held here. */
    publishedUntil: Type.Union([CivilDate, Type.Null()]),
    origins: Count,
  },
  closed,
)
export type CaseSets = Static<typeof CaseSets>

export const listCaseSets = defineEndpoint({
  id: 'origin.case-sets',
  method: 'GET',
  path: '/api/origin/case-reports',
  summary: 'Files of reported cases',
  description: 'What was taken in, from where and under which terms.',
  access: {
    roles: [...caseImporters, 'post-lead', 'auditor'],
    area: 'query.area',
    purpose: 'monitoring',
  },
  audit: { action: 'origin.case-sets', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode }, closed),
  output: CaseSets,
  errors: ['UNKNOWN_AREA'],
})
