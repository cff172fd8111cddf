import type { Database } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { destroyDataKey } from '@guankou/db/queries/identity/data-keys.ts'
import { insertCertificate, type StoredCertificate } from '@guankou/db/queries/retention/certificates.ts'
import {
  beginRetentionDay,
  certifyDays,
  finishRetentionDay,
  lockUncertifiedDays,
  type RetainedDay,
} from '@guankou/db/queries/retention/days.ts'
import {
  countHeld,
  type DayWindow,
  deleteFacts,
  dropEmptyPartitions,
  emptySealedColumns,
} from '@guankou/db/queries/retention/destroy.ts'
import { deleteQuarantineSeals, deleteQuarantines } from '@guankou/db/queries/retention/quarantine.ts'
import { v7 } from 'uuid'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { certificateKey, issueCertificate } from '#src/use-cases/retention/certificate.ts'
import { type PlannedDay, planRetention } from '#src/use-cases/retention/plan-retention.ts'

export type RetentionParts = {
  readonly db: Database
  readonly keys: KeyCustody
  readonly reference: ReferenceData
  /** Unix time, milliseconds. */
  readonly now: () => number
  /** Whose doing it is, as the certificate says. */
  readonly by: string
  /** Drops what this process holds of a day in memory. */
  readonly forget?: (day: RetainedDay) => void
  readonly onProgress?: (done: number, total: number, day: PlannedDay) => void
}

export type RetentionOutcome = {
  readonly destroyed: number
  readonly dropped: readonly string[]
  readonly certificate: StoredCertificate | undefined
}

/** Any number, as long as it is ours alone: two runs at once would count one day twice. */
const advisoryLock = 7_305_204_409

const windowOf = ({ reference }: RetentionParts, { jurisdiction, day }: RetainedDay): DayWindow => ({
  jurisdiction,
  ...instantsOfDay(reference.jurisdiction(jurisdiction)?.timeZone ?? 'UTC', day),
})

/**
 * Destroys what a day holds of a class. Each step may be repeated, and what was counted first stands: a run that ends
 * anywhere is taken up by the next one.
 */
const destroyDay = async (parts: RetentionParts, planned: PlannedDay): Promise<void> => {
  const { db, keys, now } = parts
  const window = windowOf(parts, planned)
  await beginRetentionDay(db.query, planned, await countHeld(db.query, window), new Date(now()))
  if (planned.dataClass === 'identity') {
    // The key outside the database first: from here on no copy of the database opens the day, wherever it lies.
    await keys.dayKeys.destroy(planned)
    await destroyDataKey(db.query, planned, new Date(now()))
    parts.forget?.(planned)
    await emptySealedColumns(db.query, window)
    await deleteQuarantineSeals(db.query, planned)
  } else {
    await deleteFacts(db.query, window)
    await deleteQuarantines(db.query, planned)
  }
  await db.query.transaction().execute(async (tx) => {
    const { vehicles, travellers, fields } = await finishRetentionDay(tx, planned, new Date(now()))
    const detail = `${vehicles} vehicles, ${travellers} travellers, ${fields} fields; by ${parts.by}`
    const entry = {
      accountId: null,
      deviceId: null,
      action: 'retention.destroy',
      subject: `${planned.day} ${planned.dataClass}`,
      outcome: 'done',
      detail,
    }
    await recordAudit(executeIn(tx), planned.jurisdiction, [entry], now())
  })
}

const certify = ({ db, keys, reference, now, by }: RetentionParts): Promise<StoredCertificate | undefined> =>
  db.query.transaction().execute(async (tx) => {
    const days = await lockUncertifiedDays(tx)
    if (days.length === 0) return undefined
    const { installation, jurisdiction } = reference
    const city = installation === undefined ? undefined : jurisdiction(installation.cityCode)?.name
    const certificate = issueCertificate(certificateKey(keys.rootKey), days, {
      id: v7(),
      issuedAt: new Date(now()),
      city: city ?? { zh: '未设置城市', en: 'No city set up' },
      by,
    })
    await insertCertificate(tx, certificate)
    await certifyDays(tx, days, certificate.id)
    return certificate
  })

const destroyDue = async (parts: RetentionParts): Promise<RetentionOutcome> => {
  const due = (await planRetention(parts.db, parts.reference, parts.now())).filter(({ isDue }) => isDue)
  for (const [index, day] of due.entries()) {
    await destroyDay(parts, day)
    parts.onProgress?.(index + 1, due.length, day)
  }
  const last = due.findLast(({ dataClass }) => dataClass === 'health')
  const dropped = last === undefined ? [] : await dropEmptyPartitions(parts.db.query, last.day)
  return { destroyed: due.length, dropped, certificate: await certify(parts) }
}

/**
 * Destroys everything that is due and certifies what was destroyed, by this run or by one before it that was stopped.
 * @returns undefined where another run is under way
 */
export const runRetention = async (parts: RetentionParts): Promise<RetentionOutcome | undefined> => {
  const client = await parts.db.pool.connect()
  let broken = false
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      advisoryLock,
    ])
    if (rows[0]?.mine !== true) return undefined
    try {
      return await destroyDue(parts)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [advisoryLock]).catch(() => {
        broken = true
      })
    }
  } finally {
    client.release(broken)
  }
}
