import Type, { type Static, type TSchema } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'
import {
  broughtKinds,
  callers,
  dateOrders,
  importStates,
  mostColumns,
  mostFileBytes,
  rejectReasons,
  worklistFields,
  worklistKinds,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const watchers = [
  'screening-clerk',
  'commander',
  'data-protection-officer',
] as const satisfies readonly Role[]

/** Bytes of a file that travel in one call. */
export const partBytes = 393_216

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const beginWorklist = defineEndpoint({
  id: 'worklists.begin',
  method: 'POST',
  path: '/api/worklists/begin',
  summary: 'Announce a file of people, vehicles or households',
  description:
    'A household register is not called: its rows become households with their members. Size and SHA-256 come first, then the parts. A file that was announced before and not finished goes on where it stopped. With mends, the file holds rows of that list which were not taken and have been put right; nothing else of it is read.',
  access: { roles: callers, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'worklists.begin', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      kind: oneOf(broughtKinds),
      title: Type.String({ minLength: 2, maxLength: 60, pattern: printable }),
      bytes: Type.Integer({ minimum: 1, maximum: mostFileBytes }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$', minLength: 64, maxLength: 64 }),
      mends: Type.Optional(UuidV7),
    },
    closed,
  ),
  output: Type.Object(
    {
      listId: UuidV7,
      importId: UuidV7,
      partBytes: Count,
      /** Parts that are there already, where the same account announced the same file before and did not finish. */
      parts: Count,
    },
    closed,
  ),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_AREA', 'UNKNOWN_WORKLIST', 'WORKLIST_FILE_KNOWN', 'TEXT_NOT_WELL_FORMED'],
})

export const addWorklistPart = defineEndpoint({
  id: 'worklists.add-part',
  method: 'POST',
  path: '/api/worklists/parts',
  summary: 'Send the next part of the file',
  description:
    'Parts are sealed as they come, in order; one that is there already is passed over, so that sending goes on after a break. With the last one the file is compared with its hash and shown to the scanner.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.add-part', record: 'every' },
  limits: { group: 'write', bodyBytes: 540_672 },
  body: Type.Object(
    {
      importId: UuidV7,
      position: Type.Integer({ minimum: 0, maximum: 4_096 }),
      /** Base64. */
      content: classified(
        'identity',
        Type.String({ minLength: 4, maxLength: 524_288, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
      ),
    },
    closed,
  ),
  output: Type.Object({ received: Count, complete: Type.Boolean() }, closed),
  errors: [
    'UNKNOWN_WORKLIST',
    'WORKLIST_PART_MISSING',
    'WORKLIST_FILE_CHANGED',
    'UPLOAD_INFECTED',
    'SCANNER_UNAVAILABLE',
  ],
})

/** A column as the clerk confirms it. Examples are covered as in a look-up; dates are not. */
export const WorklistColumn = Type.Object(
  {
    header: Type.String(),
    examples: Type.Array(Type.String()),
    guess: nullable(oneOf(worklistFields)),
    because: oneOf(['remembered', 'header', 'values', 'nothing']),
    /** Ways in which its values could be read as dates; one of these has to be chosen where it says a date. */
    orders: Type.Array(oneOf(dateOrders)),
    order: nullable(oneOf(dateOrders)),
  },
  closed,
)
export type WorklistColumn = Static<typeof WorklistColumn>

const SheetName = Type.String({ minLength: 1, maxLength: 100 })

export const inspectWorklist = defineEndpoint({
  id: 'worklists.inspect',
  method: 'POST',
  path: '/api/worklists/inspect',
  summary: 'Look at the columns before rows are taken',
  description:
    'Encoding, separator and the row of headings are found out; what each column says is guessed from headings and values, or remembered from a file with the same headings.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.inspect', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ importId: UuidV7, sheet: Type.Optional(SheetName) }, closed),
  output: Type.Object(
    {
      kind: oneOf(broughtKinds),
      format: oneOf(['xlsx', 'csv']),
      encoding: Type.String(),
      separator: Type.String(),
      /** The sheet that is looked at, and others that hold something and are not read; empty for a text. */
      sheet: Type.String(),
      otherSheets: Type.Array(Type.String()),
      /** Row of the headings, counted from 1; null where none was recognised. */
      headerRow: nullable(Count),
      /** Columns beyond the sixtieth, which are not read. */
      columnsLeftOut: Count,
      columns: Type.Array(WorklistColumn),
    },
    closed,
  ),
  errors: [
    'UNKNOWN_WORKLIST',
    'WORKLIST_NO_ROWS',
    'WORKLIST_FILE_UNREADABLE',
    'WORKLIST_FILE_OLD',
    'WORKLIST_FILE_LOCKED',
    'WORKLIST_FILE_SWOLLEN',
  ],
})

export const startWorklist = defineEndpoint({
  id: 'worklists.start',
  method: 'POST',
  path: '/api/worklists/start',
  summary: 'Take the rows in by the confirmed columns',
  description:
    'Goes on by itself after a restart. What the columns say is remembered for the next file with the same headings.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.start', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  successStatus: 202,
  body: Type.Object(
    {
      importId: UuidV7,
      sheet: Type.Optional(SheetName),
      columns: Type.Array(
        Type.Object({ field: nullable(oneOf(worklistFields)), order: nullable(oneOf(dateOrders)) }, closed),
        { minItems: 1, maxItems: mostColumns },
      ),
    },
    closed,
  ),
  output: Type.Object({ started: Type.Boolean() }, closed),
  errors: [
    'UNKNOWN_WORKLIST',
    'WORKLIST_COLUMNS_MISSING',
    'WORKLIST_COLUMN_TWICE',
    'WORKLIST_ROW_COLUMN_GONE',
    'WORKLIST_FILE_KNOWN',
    'WORKLIST_FILE_UNREADABLE',
    'WORKLIST_FILE_OLD',
    'WORKLIST_FILE_LOCKED',
    'WORKLIST_FILE_SWOLLEN',
  ],
})

/** One file on its way into a list. */
export const WorklistImport = Type.Object(
  {
    id: UuidV7,
    state: oneOf(importStates),
    uploadedAt: Instant,
    finishedAt: nullable(Instant),
    bytes: Count,
    sha256: Type.String(),
    mends: Type.Boolean(),
    rowsRead: Count,
    /** Share of the file that has been read, 0 to 1. */
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    taken: Count,
    rejected: Count,
    /** Of a list that is called: linked to a row before it, and taken all the same. Of a register: on file already, and not taken. */
    linked: Count,
    /** Households that a register opened. */
    households: Count,
    /** Rows of a mended file that were not asked for. */
    passedOver: Count,
    failure: nullable(Type.String()),
  },
  closed,
)
export type WorklistImport = Static<typeof WorklistImport>

export const WorklistLine = Type.Object(
  {
    id: UuidV7,
    jurisdiction: DivisionCode,
    kind: oneOf(worklistKinds),
    title: Type.String(),
    createdAt: Instant,
    /** Until when everybody on it is to be reached; null where no one said. */
    dueAt: nullable(Instant),
    creator: BilingualText,
    open: Count,
    linked: Count,
    closed: Count,
    toVisit: Count,
    /** Of these, rows of which no address is known. */
    noAddress: Count,
    /** Open and due for more than a quarter of an hour, or open after the deadline of the list. */
    overdue: Count,
    called: Count,
    rejected: Count,
    imports: Type.Array(WorklistImport),
  },
  closed,
)
export type WorklistLine = Static<typeof WorklistLine>

export const ClerkLine = Type.Object(
  {
    accountId: Type.String(),
    clerk: BilingualText,
    callsToday: Count,
    closedToday: Count,
    waiting: Count,
    overdue: Count,
    calling: Count,
  },
  closed,
)
export type ClerkLine = Static<typeof ClerkLine>

export const listWorklists = defineEndpoint({
  id: 'worklists.lists',
  method: 'GET',
  path: '/api/worklists/lists',
  summary: 'Lists with their progress, and who calls',
  description:
    'The latest lists, and every older one on which somebody is still to be called. Counts and states alone; no row of any list.',
  access: { roles: watchers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.lists', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    { asOf: Instant, lists: Type.Array(WorklistLine), clerks: Type.Array(ClerkLine) },
    closed,
  ),
  errors: [],
})

/** A row that was not taken, without what stood in it. */
export const RejectedRow = Type.Object(
  {
    row: Count,
    reasons: Type.Array(Type.Object({ field: oneOf(worklistFields), why: oneOf(rejectReasons) }, closed)),
  },
  closed,
)
export type RejectedRow = Static<typeof RejectedRow>

export const listRejectedRows = defineEndpoint({
  id: 'worklists.rejected-rows',
  method: 'GET',
  path: '/api/worklists/rejected',
  summary: 'Rows that were not taken, and why',
  description:
    'Row numbers of the first file and reasons, the first 200; what stood in them is in the file to mend.',
  access: { roles: watchers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.rejected-rows', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ list: UuidV7 }, closed),
  output: Type.Object(
    {
      total: Count,
      counts: Type.Array(
        Type.Object({ field: oneOf(worklistFields), why: oneOf(rejectReasons), rows: Count }, closed),
      ),
      rows: Type.Array(RejectedRow),
    },
    closed,
  ),
  errors: ['UNKNOWN_WORKLIST'],
})

export const downloadRejected = defineEndpoint({
  id: 'worklists.mend',
  method: 'POST',
  path: '/api/worklists/mend',
  summary: 'The rows that were not taken, as a workbook to mend',
  description:
    'The same columns, with the row number and the reasons behind them; every cell is text, so that no digit is lost and nothing is a formula. Only who brings lists gets it.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.mend', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  stream: 'file',
  body: Type.Object({ listId: UuidV7, language: oneOf(['zh', 'en']) }, closed),
  output: Type.Object({}, closed),
  errors: ['UNKNOWN_WORKLIST', 'WORKLIST_NOTHING_REJECTED', 'IDENTITY_DESTROYED'],
})

export const undoWorklist = defineEndpoint({
  id: 'worklists.undo',
  method: 'POST',
  path: '/api/worklists/undo',
  summary: 'Take a list back before work on it begins',
  description:
    'Rows and rejected rows go; that the file was brought, by whom and with which hash stays. Refused as soon as a row has been opened.',
  access: { roles: callers, area: 'actor', purpose: 'screening' },
  audit: { action: 'worklists.undo', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ listId: UuidV7 }, closed),
  output: Type.Object({ rows: Count }, closed),
  errors: [
    'UNKNOWN_WORKLIST',
    'WORKLIST_BEGUN',
    'WORKLIST_BUSY',
    'WORKLIST_NOT_BROUGHT',
    'WORKLIST_IS_REGISTER',
  ],
})
