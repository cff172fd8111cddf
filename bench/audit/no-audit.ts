import type { Statement } from '@guankou/db/compose-statements.ts'

/**
 * Stands for `packages/db/src/queries/audit/append-audit.ts` in a server of this bench, and does nothing. What it must answer
 * costs a constant `select` for each batch, so that “off” is measured a trifle slower than it is.
 */
const nothing: Statement = {
  name: 'no-audit',
  text: "select 0::bigint as seq, '\\x'::bytea as hash",
  values: [],
}

export const lockAuditHead = (): Statement => nothing
export const lockBegunAuditHead = (): Statement => nothing
export const appendAudit = (): readonly Statement[] => []
export const executeIn = (): (() => Promise<{ readonly rows: readonly object[] }>) => async () => ({
  rows: [],
})
export const recordAudit = async (): Promise<void> => undefined
