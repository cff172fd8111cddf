import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/**
 * A pool whose clients send every text by the extended protocol, which takes one statement alone (PostgreSQL manual,
 * section 55.2.3): a text that was smuggled in cannot end its transaction or leave its role with a second one.
 */
export const oneStatementAtATime = (pool: pg.Pool): PostgresPool => {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrap = (client: pg.PoolClient): PostgresPoolClient =>
    ({
      query: (text: string, values: readonly unknown[]) =>
        client.query({ text, values: [...values], queryMode: 'extended' } as pg.QueryConfig),
      release: (broken?: Error | boolean) => client.release(broken),
      get processID() {
        return (client as { processID?: number }).processID
      },
    }) as unknown as PostgresPoolClient
  return {
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
    options: pool.options,
  }
}
