import { sql, type Transaction } from 'kysely'
import type { Database } from '#src/database.ts'
import type { Tables } from '#src/rows/tables.ts'

/** The role that reads and writes for requests: it owns nothing, and sees the rows of one area alone. */
export const requestRole = 'guankou_request'

/**
 * What narrows a transaction to an area until it ends: `set local`, so that a pooled connection is itself again
 * afterwards.
 * @param areaCode  division code   @throws TypeError for anything but a whole number, as it becomes part of the text
 */
export const areaStatements = (areaCode: number): readonly [area: string, role: string] => {
  if (!Number.isSafeInteger(areaCode)) throw new TypeError('an area is a division code')
  return [`set local app.area = '${areaCode}'`, `set local role ${requestRole}`]
}

/**
 * Narrows a transaction that is under way to an area, for what first finds out whose area it is. There is no way back
 * before its end.
 */
export const narrowToArea = async (transaction: Transaction<Tables>, areaCode: number): Promise<void> => {
  for (const statement of areaStatements(areaCode)) await sql.raw(statement).execute(transaction)
}

const notAllowed = '42501'

/** Thrown where a statement of a request reached for what the request role or its area does not hold: a bug of ours. */
export class OutsideAreaError extends Error {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`${reason}; what a request may do with a table is told by packages/db/src/area-wall/tables.ts`, {
      cause,
    })
    this.name = 'OutsideAreaError'
  }
}

/** A transaction that sees one area. */
export type AreaTransaction = Transaction<Tables>

/**
 * Runs the reads and writes of one request in one transaction, in the request role and in the area of whoever asks:
 * row-level security holds everything in it to that area, whatever the statements say.
 * @param areaCode  division code of the actor; everything in it is visible
 * @throws OutsideAreaError where it writes outside the area, or touches what no request may
 */
export const inArea = <T>(
  db: Database,
  areaCode: number,
  work: (transaction: AreaTransaction) => Promise<T>,
): Promise<T> =>
  db.query
    .transaction()
    .execute(async (transaction) => {
      await narrowToArea(transaction, areaCode)
      return work(transaction)
    })
    .catch((error: unknown) => {
      throw (error as { code?: string }).code === notAllowed ? new OutsideAreaError(error) : error
    })
