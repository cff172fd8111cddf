import Type, { type Static } from 'typebox'
import { compileChecker } from '#src/schema-checker.ts'

const closed = { additionalProperties: false } as const

/** A file of rows: a range of pages of one table. */
export const BackupPart = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    table: Type.String(),
    /** Tells whether the range is still as it was copied. */
    fingerprint: Type.String(),
    rows: Type.Integer(),
    bytes: Type.Integer(),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    /** The run that wrote it. */
    run: Type.String(),
  },
  closed,
)
export type BackupPart = Static<typeof BackupPart>

/** What one backup is: the state of a database at one instant. */
export const Manifest = Type.Object(
  {
    format: Type.Literal(1),
    id: Type.String(),
    createdAt: Type.String(),
    release: Type.String(),
    server: Type.String(),
    migrations: Type.Array(Type.String()),
    tables: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          partition: Type.Union([
            Type.Object({ of: Type.String(), bounds: Type.String() }, closed),
            Type.Null(),
          ]),
          columns: Type.Array(Type.String()),
          rows: Type.Integer(),
          parts: Type.Array(Type.String()),
        },
        closed,
      ),
    ),
    parts: Type.Array(BackupPart),
    sequences: Type.Array(
      Type.Object({ table: Type.String(), column: Type.String(), value: Type.String() }, closed),
    ),
    /** Ends of the audit's chains: what a restore must come to. */
    chainEnds: Type.Array(
      Type.Object({ jurisdiction: Type.Integer(), seq: Type.Integer(), hash: Type.String() }, closed),
    ),
  },
  closed,
)
export type Manifest = Static<typeof Manifest>

export const checkManifest = compileChecker(Manifest)
export const checkPart = compileChecker(BackupPart)

/** Rows and bytes of a whole backup. */
export const sumOf = ({ tables, parts }: Manifest): { readonly rows: number; readonly bytes: number } => ({
  rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
})
