import type { Writable } from 'node:stream'
import type pg from 'pg'
import type { Statement } from '#src/compose-statements.ts'

/** Sends one statement over a connection of a pipelining pool, without waiting for the one before. */
export type Send = <Row extends pg.QueryResultRow>(statement: Statement) => Promise<pg.QueryResult<Row>>

/** @param named  false behind a transaction pooler, which forbids named statements */
export const sender =
  (client: pg.ClientBase, named: boolean): Send =>
  ({ name, text, values }) =>
    client.query(named ? { name, text, values: [...values] } : { text, values: [...values] })

type Corkable = { readonly connection?: { readonly stream?: Pick<Writable, 'cork' | 'uncork'> } }

/**
 * Lets the statements that are sent in this turn leave in one write to the socket instead of one each. The driver does
 * not offer this; where its inside looks different, the statements simply leave one by one.
 */
export const inOneWrite = <T>(client: pg.ClientBase, send: () => T): T => {
  const stream = (client as Corkable).connection?.stream
  stream?.cork()
  try {
    return send()
  } finally {
    stream?.uncork()
  }
}

/** Thrown where PostgreSQL answered a commit with a rollback, because a statement before it had failed. */
export class NotCommittedError extends Error {
  constructor() {
    super('the transaction was rolled back instead of committed')
    this.name = 'NotCommittedError'
  }
}
