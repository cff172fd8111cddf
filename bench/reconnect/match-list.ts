import { createIdentitySealer } from '@guankou/server/identity/identity-sealer.ts'
import { importMatches } from '@guankou/server/use-cases/matching/import-matches.ts'
import type { System } from '../ingest/system.ts'

const msPerDay = 86_400_000

/** Brings a list of made-up document numbers, none of which a person can have. */
export const bringList = async ({ db, keys, reference }: System, entries: number): Promise<void> => {
  const rows = Array.from(
    { length: entries },
    (_, n) => `document,99999918000101${String(n).padStart(5, '0')}`,
  )
  const nowMs = Date.now()
  const jurisdiction = reference.installation?.cityCode ?? 0
  const imported = await importMatches(
    {
      jurisdiction,
      title: { zh: '测量名单', en: 'List of a bench' },
      reason: 'to-be-reached',
      until: new Date(nowMs + msPerDay).toISOString(),
      basis: 'made up for a bench',
      csv: `kind,number\n${rows.join('\n')}\n`,
    },
    {
      sealer: createIdentitySealer(db, keys, Date.now),
      accountId: null,
      deviceId: null,
      nowMs,
      timeZone: reference.jurisdiction(jurisdiction)?.timeZone ?? 'UTC',
      transact: (work) => db.query.transaction().execute(work),
    },
  )
  if (!imported.ok) throw new Error(`the list was refused: ${imported.refusal.code}`)
}
