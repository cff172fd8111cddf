import type { Database } from '@guankou/db/database.ts'
import {
  beforeAllListRows,
  type DigestedListRow,
  readDigestedListRows,
  replaceListRowDigests,
} from '@guankou/db/queries/worklists/redigest.ts'
import type { RowContent } from '@guankou/domain/worklists/read-row.ts'
import type { DaySecrets } from '#src/identity/data-keys.ts'
import { unseal } from '#src/identity/envelope.ts'
import type { createDigester } from '#src/identity/identity-sealer.ts'
import { rowPlace } from '#src/use-cases/worklists/list-scope.ts'

const rowsAtOnce = 500

type Digester = ReturnType<typeof createDigester>
type Digests = Pick<DigestedListRow, 'phone' | 'document' | 'plate'>

const kinds = ['phone', 'document', 'plate'] as const

/** The digests of a row as what it says gives them; one that it never had it does not get. */
const digestsOf = (row: DigestedListRow, secrets: DaySecrets, digester: Digester): Digests => {
  const text = unseal(secrets.dataKey, rowPlace(row.listId, row.row), row.sealed).toString()
  const content = JSON.parse(text) as RowContent
  const renewed = (field: (typeof kinds)[number], kind: string): Buffer | null =>
    row[field] === null || content[field] === undefined
      ? row[field]
      : digester.newest(secrets, kind, content[field])
  return {
    phone: renewed('phone', 'phone'),
    document: renewed('document', content.documentKind ?? 'other'),
    plate: renewed('plate', 'plate'),
  }
}

/** Rewrites the digests of the lists of a day. @returns rows that carried another one */
export const redigestLists = async (
  { db }: { readonly db: Database },
  secrets: DaySecrets,
  digester: Digester,
): Promise<number> => {
  let after = beforeAllListRows
  let changed = 0
  for (;;) {
    const rows = await readDigestedListRows(db.query, secrets.owner, after, rowsAtOnce)
    await db.query.transaction().execute(async (tx) => {
      for (const row of rows) {
        const digests = digestsOf(row, secrets, digester)
        if (kinds.every((kind) => row[kind] === null || digests[kind]?.equals(row[kind]) === true)) continue
        await replaceListRowDigests(tx, secrets.owner.jurisdiction, { ...row, ...digests })
        changed += 1
      }
    })
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return changed
    after = last
  }
}
