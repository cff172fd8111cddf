import type { Database } from '@guankou/db/database.ts'
import { moveSeal, readDigestedSeals } from '@guankou/db/queries/quarantine/seals.ts'
import type { DaySecrets } from '#src/identity/data-keys.ts'
import { unseal } from '#src/identity/envelope.ts'
import type { createDigester } from '#src/identity/identity-sealer.ts'
import { digestParts, sealPlace } from '#src/use-cases/quarantine/seal-person.ts'

const sealsAtOnce = 500

/** Rewrites the digests of people in quarantine whose episodes are kept until a day. @returns how many were other ones */
export const redigestQuarantine = async (
  { db }: { readonly db: Database },
  secrets: DaySecrets,
  digester: ReturnType<typeof createDigester>,
): Promise<number> => {
  let after = { quarantine_id: '00000000-0000-0000-0000-000000000000', place: '' }
  let changed = 0
  for (;;) {
    const seals = await readDigestedSeals(db.query, secrets.owner, after, sealsAtOnce)
    for (const seal of seals) {
      const place = sealPlace(seal.quarantine_id, seal.place)
      const found = digestParts(seal.place, unseal(secrets.dataKey, place, seal.sealed).toString())
      const digest = found === undefined ? null : digester.newest(secrets, ...found)
      if (digest === null || seal.digest?.equals(digest) === true) continue
      await moveSeal(db.query, seal, { kept_day: seal.kept_day, sealed: seal.sealed, digest })
      changed += 1
    }
    const last = seals.at(-1)
    if (last === undefined || seals.length < sealsAtOnce) return changed
    after = last
  }
}
