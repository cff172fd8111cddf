import type { Database } from '@guankou/db/database.ts'
import {
  readLiveDataKeys,
  type StoredDataKey,
  settleDigests,
} from '@guankou/db/queries/identity/data-keys.ts'
import {
  beforeAllRows,
  type DigestedRow,
  readDigestedRows,
  replaceDigests,
} from '@guankou/db/queries/identity/redigest.ts'
import {
  readDigestedCorrections,
  replaceCorrectionDigest,
} from '@guankou/db/queries/screening/corrections.ts'
import { serviceNumberIn } from '@guankou/domain/screening/service.ts'
import { createDataKeys, type DaySecrets } from '#src/identity/data-keys.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import { unseal } from '#src/identity/envelope.ts'
import { createDigester, fieldPlace, sharedDigestKey } from '#src/identity/identity-sealer.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { redigestHouseholds } from '#src/identity/redigest-households.ts'
import { redigestLists } from '#src/identity/redigest-lists.ts'
import { redigestQuarantine } from '#src/identity/redigest-quarantine.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { recordCorrectionPlace } from '#src/use-cases/subject-access/show-corrections.ts'

const rowsAtOnce = 500

export type RedigestParts = {
  readonly db: Database
  readonly keys: KeyCustody
  readonly reference: ReferenceData
  readonly now: () => number
  /** False while a server may still believe in the digest key before. */
  readonly maySettle: boolean
  readonly onProgress?: (day: StoredDataKey, done: number, total: number) => void
}

export type Redigested = { readonly days: number; readonly rows: number }

type Digester = ReturnType<typeof createDigester>

/** The digests of a row as its sealed values give them; a part that was never sealed keeps what it has. */
const digestsOf = (
  row: DigestedRow,
  secrets: DaySecrets,
  digester: Digester,
): Pick<DigestedRow, 'digest' | 'besideDigest'> => {
  const renewed = (kind: string, field: string, sealed: Buffer | null, digest: Buffer | null) => {
    if (sealed === null || digest === null) return digest
    const place = fieldPlace(row.screeningId, row.seat, field)
    const text = unseal(secrets.dataKey, place, sealed).toString()
    return digester.newest(secrets, kind, kind === 'service' ? serviceNumberIn(text) : text)
  }
  const [field, beside] = row.seat === 0 ? ['plate', 'service'] : ['document', 'phone']
  return {
    digest: renewed(row.kind, field, row.sealed, row.digest),
    besideDigest: renewed(beside, beside, row.besideSealed, row.besideDigest),
  }
}

const isSame = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other)

/** The same for what was corrected. */
const redigestCorrections = async (
  { db }: RedigestParts,
  secrets: DaySecrets,
  digester: Digester,
): Promise<number> => {
  const { jurisdiction } = secrets.owner
  let changed = 0
  for (const { id, kind, sealed, digest } of await readDigestedCorrections(db.query, secrets.owner)) {
    const text = unseal(secrets.dataKey, recordCorrectionPlace(id), sealed).toString()
    const newest = digester.newest(secrets, kind, text)
    if (newest.equals(digest)) continue
    await replaceCorrectionDigest(db.query, jurisdiction, { id, digest: newest })
    changed += 1
  }
  return changed
}

/** Rewrites the digests of a day. @returns rows that carried another one */
const redigestDay = async (
  parts: RedigestParts,
  secrets: DaySecrets,
  digester: Digester,
): Promise<number> => {
  const { db, reference } = parts
  const { jurisdiction, day } = secrets.owner
  const timeZone = reference.jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
  const window = { jurisdiction, ...instantsOfDay(timeZone, day) }
  let after = beforeAllRows(window)
  let changed =
    (await redigestCorrections(parts, secrets, digester)) +
    (await redigestLists(parts, secrets, digester)) +
    (await redigestQuarantine(parts, secrets, digester)) +
    (await redigestHouseholds(parts, secrets, digester))
  for (;;) {
    const rows = await readDigestedRows(db.query, window, after, rowsAtOnce)
    await db.query.transaction().execute(async (tx) => {
      for (const row of rows) {
        const digests = digestsOf(row, secrets, digester)
        if (isSame(digests.digest, row.digest) && isSame(digests.besideDigest, row.besideDigest)) continue
        await replaceDigests(tx, jurisdiction, { ...row, ...digests })
        changed += 1
      }
    })
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return changed
    after = { at: last.occurredAt, id: last.screeningId, seat: last.seat }
  }
}

/**
 * Rewrites digests from the sealed values on every day on which a new generation has begun. Look-ups find a row under
 * its old digest and its new one until its day is settled. A run that found every digest of a day to be new settles it,
 * where no server can still believe in the key before. Stopped anywhere, it is started again.
 */
export const redigest = async (parts: RedigestParts): Promise<Redigested> => {
  const digester = createDigester(sharedDigestKey(parts.keys.rootKey))
  const open = (await readLiveDataKeys(parts.db.query)).filter(
    ({ digestGeneration, digestsFrom }) => digestsFrom < digestGeneration,
  )
  let rows = 0
  for (const [index, stored] of open.entries()) {
    const keys = createDataKeys(parts.db, parts.keys, parts.now)
    try {
      const changed = await redigestDay(parts, await keys.forOpening(stored), digester)
      rows += changed
      if (changed === 0 && parts.maySettle) await settleDigests(parts.db.query, stored)
    } catch (error) {
      if (!(error instanceof DayKeyDestroyedError)) throw error
    }
    parts.onProgress?.(stored, index + 1, open.length)
  }
  return { days: open.length, rows }
}
