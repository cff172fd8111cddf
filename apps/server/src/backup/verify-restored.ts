import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import { countRows } from '@guankou/db/backup/load.ts'
import type { Database } from '@guankou/db/database.ts'
import { readChainEnds } from '@guankou/db/queries/audit/day-heads.ts'
import { type AuditVerified, verifyAudit } from '@guankou/db/queries/audit/verify-audit.ts'
import { readInstallation, readJurisdictions } from '@guankou/db/queries/places/places.ts'
import { findRollupDifferences, readCountedDays } from '@guankou/db/queries/situation/verify-rollups.ts'
import type { Manifest } from '#src/backup/manifest.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'

/** What was compared after a restore, and what does not fit. */
export type RestoreProof = {
  readonly tables: number
  readonly rows: number
  readonly days: number
  readonly audit: AuditVerified
  /** In words; empty where everything fits. */
  readonly differences: readonly string[]
}

const compareRows = async (db: Database, manifest: Manifest): Promise<string[]> => {
  const differences: string[] = []
  for (const { name, rows } of manifest.tables) {
    const count = await countRows(db.pool, name)
    if (count !== rows) differences.push(`${name} holds ${count} rows, the backup ${rows}`)
  }
  return differences
}

const compareChains = async (db: Database, { chainEnds }: Manifest): Promise<string[]> => {
  const found = (await readChainEnds(db.query)).map(({ hash, ...end }) => ({
    ...end,
    hash: hash.toString('hex'),
  }))
  const text = (ends: readonly { jurisdiction: number; seq: number; hash: string }[]) =>
    new Map(ends.filter(({ seq }) => seq > 0).map((end) => [end.jurisdiction, `${end.seq} ${end.hash}`]))
  const [here, there] = [text(found), text(chainEnds)]
  return [...new Set([...here.keys(), ...there.keys()])]
    .filter((code) => here.get(code) !== there.get(code))
    .map(
      (code) =>
        `the chain of ${code} ends at ${here.get(code) ?? 'nothing'}, in the backup at ${there.get(code) ?? 'nothing'}`,
    )
}

const compareRollups = async (db: Database): Promise<{ days: number; differences: string[] }> => {
  const days = await readCountedDays(db.query)
  const differences: string[] = []
  for (const day of days)
    for (const { rollup, jurisdiction, key } of await findRollupDifferences(db.query, day))
      differences.push(`${rollup} of ${jurisdiction} on ${day}, ${key}, is not what the facts give`)
  return { days: days.length, differences }
}

/**
 * Proves a restored database: as many rows as the backup counted, roll-ups equal to facts, the audit whole and its chains ending
 * where they ended when the backup was made.
 * @param trustedKeys  public keys that daily heads may be signed with
 */
export const verifyRestored = async (
  db: Database,
  manifest: Manifest,
  trustedKeys: ReadonlySet<string>,
): Promise<RestoreProof> => {
  const calendar = createAuditCalendar(
    await readJurisdictions(db.query),
    (await readInstallation(db.query))?.cityCode,
  )
  const findings: AuditFinding[] = []
  const client = await db.pool.connect()
  const audit = await verifyAudit(client, {
    ...calendar,
    trustedKeys,
    onFinding: (finding) => {
      if (findings.length < 100) findings.push(finding)
    },
  }).finally(() => client.release())
  const rollups = await compareRollups(db)
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    days: rollups.days,
    audit,
    differences: [
      ...(await compareRows(db, manifest)),
      ...(await compareChains(db, manifest)),
      ...rollups.differences,
      ...findings.map((finding) => `audit: ${JSON.stringify(finding)}`),
    ],
  }
}
