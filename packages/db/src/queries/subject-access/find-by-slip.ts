import { type Kysely, sql } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

const msPerDay = 86_400_000
/** Two of one code are rare; more would tell nothing more. */
const most = 8

/**
 * Travellers whom a slip code can be of. Not narrowed to an area: whose they are is what is being found out, and behind
 * row-level security the index of the codes could not be used.
 * @param slip.days  UTC days   @param slip.randomBits  the last 40 bits of the id, hexadecimal
 */
export const findBySlip = async (
  query: Kysely<Tables>,
  {
    days,
    randomBits,
    seat,
  }: { readonly days: readonly string[]; readonly randomBits: string; readonly seat: number },
): Promise<readonly PersonKey[]> => {
  const found: PersonKey[] = []
  for (const day of days) {
    const from = new Date(`${day}T00:00:00Z`)
    const { rows } = await sql<PersonKey>`
      select t.jurisdiction, t.occurred_at as "occurredAt", t.screening_id as "screeningId", t.seat
      from screenings s
      join screening_travellers t
        on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
      where s.occurred_at >= ${from} and s.occurred_at < ${new Date(from.getTime() + msPerDay)}
        and t.occurred_at >= ${from} and t.occurred_at < ${new Date(from.getTime() + msPerDay)}
        and substring(uuid_send(s.id) from 12 for 5) = decode(${randomBits}, 'hex')
        and t.seat = ${seat}
      limit ${most}`.execute(query)
    found.push(...rows)
  }
  return found
}
