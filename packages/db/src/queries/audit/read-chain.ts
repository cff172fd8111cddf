import type pg from 'pg'

/** A link as it lies there; numbers may be anything that somebody wrote. */
export type StoredLink = {
  readonly seq: number
  /** Unix time in milliseconds, with a fraction where the row was not written by us. */
  readonly atMs: number
  readonly entries: number
  readonly root: Buffer
  readonly previous: Buffer
  readonly hash: Buffer
}

/** An entry with its place. */
export type StoredEntry = {
  readonly seq: number
  readonly position: number
  /** Account, device, action, subject, outcome, detail. */
  readonly fields: readonly (string | null)[]
}

export type SeqRange = { readonly after: number; readonly upTo: number }

const linksPerFetch = 2_000
const entriesPerFetch = 5_000

/** Reads a query piece by piece; the next piece is under way while one is worked on. */
const pieces = async function* (
  client: pg.ClientBase,
  name: string,
  query: string,
  perFetch: number,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  await client.query(`declare ${name} no scroll cursor for ${query}`)
  const fetch = () => client.query({ text: `fetch ${perFetch} from ${name}`, rowMode: 'array' })
  let next = fetch()
  try {
    for (;;) {
      const { rows } = (await next) as unknown as { rows: readonly unknown[][] }
      if (rows.length === 0) return
      next = fetch()
      // Awaited in the next round; until then a failure must have somebody who knows of it.
      next.catch(() => undefined)
      yield rows
    }
  } finally {
    await next.catch(() => undefined)
    await client.query(`close ${name}`).catch(() => undefined)
  }
}

const within = (jurisdiction: number, { after, upTo }: SeqRange): string => {
  const bounds = [jurisdiction, after, upTo].map(String)
  const until = upTo === Number.POSITIVE_INFINITY ? '' : `and seq <= ${bounds[2]}`
  const since = after === Number.NEGATIVE_INFINITY ? '' : `and seq > ${bounds[1]}`
  return `jurisdiction = ${bounds[0]} ${since} ${until}`
}

/**
 * The links of a chain in order, piece by piece. Numbers are read as double precision: a forged one may be larger than
 * any integer of ours, and must be found instead of ending the search.
 * @param client  in a transaction
 */
export const readLinks = async function* (
  client: pg.ClientBase,
  jurisdiction: number,
  range: SeqRange,
): AsyncGenerator<readonly StoredLink[]> {
  const query = `select seq::double precision, (extract(epoch from at) * 1000)::double precision, entries, root, previous, hash
    from audit_links where ${within(jurisdiction, range)} order by seq`
  for await (const rows of pieces(client, 'audit_links_in_order', query, linksPerFetch))
    yield rows.map(([seq, atMs, entries, root, previous, hash]) => ({
      seq: seq as number,
      atMs: atMs as number,
      entries: entries as number,
      root: root as Buffer,
      previous: previous as Buffer,
      hash: hash as Buffer,
    }))
}

/** The entries of a chain in order, piece by piece. @param client  in a transaction */
export const readEntries = async function* (
  client: pg.ClientBase,
  jurisdiction: number,
  range: SeqRange,
): AsyncGenerator<readonly StoredEntry[]> {
  const query = `select seq::double precision, position, account_id, device_id, action, subject, outcome, detail
    from audit_entries where ${within(jurisdiction, range)} order by seq, position`
  for await (const rows of pieces(client, 'audit_entries_in_order', query, entriesPerFetch))
    yield rows.map(([seq, position, ...fields]) => ({
      seq: seq as number,
      position: position as number,
      fields: fields as (string | null)[],
    }))
}

const distinct = (table: string): string => `
  (with recursive found (code) as (
    select min(jurisdiction) from ${table}
    union all
    select (select min(jurisdiction) from ${table} where jurisdiction > code) from found where code is not null
  ) select code from found where code is not null)`

/** Every jurisdiction that any table of the audit names, in order; large tables are stepped through by their key. */
export const readAuditedJurisdictions = async (client: pg.ClientBase): Promise<number[]> => {
  const tables = ['audit_links', 'audit_entries', 'audit_heads', 'audit_day_heads']
  const { rows } = await client.query<{ code: number }>(
    `${tables.map(distinct).join(' union ')} order by code`,
  )
  return rows.map(({ code }) => code)
}
