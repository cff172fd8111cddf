import type { Database } from '#src/database.ts'

/**
 * Does work while nobody else does the same, in this process, another one or on another machine. The lock is the
 * connection's: where the process is killed, PostgreSQL lets go of it.
 * @param name  what is done, such as `model|440400|testing`; a drill has names of its own
 * @returns undefined where somebody else is at it
 */
export const aloneAt = async <T>(
  { pool }: Database,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  const client = await pool.connect()
  let broken = false
  try {
    const key = "hashtextextended(current_schema() || '|' || $1, 0)"
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_lock(${key}) as mine`, [
      name,
    ])
    if (rows[0]?.mine !== true) return undefined
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(${key})`, [name]).catch(() => {
        broken = true
      })
    }
  } finally {
    client.release(broken)
  }
}
