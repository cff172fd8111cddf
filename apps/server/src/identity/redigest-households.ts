import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  lastHouseholdFactAfter,
  readDigestedEscalations,
  readDigestedHouseholdFacts,
  readDigestedQuarantineDoors,
  replaceHouseholdDigest,
} from '@guankou/db/queries/households/redigest.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import type { DaySecrets } from '#src/identity/data-keys.ts'
import { unseal } from '#src/identity/envelope.ts'
import type { createDigester } from '#src/identity/identity-sealer.ts'
import { type Known, knownOf, knownOfAddress } from '#src/use-cases/households/fact-digests.ts'
import { factPlace } from '#src/use-cases/households/sealed-facts.ts'
import { sealPlace } from '#src/use-cases/quarantine/seal-person.ts'
import { addressPlace } from '#src/use-cases/worklists/list-scope.ts'

const factsAtOnce = 500
const beforeAll = '00000000-0000-0000-0000-000000000000'

type Digester = ReturnType<typeof createDigester>
type Digested = { readonly id: string; readonly kind: string; readonly digest: Buffer }

/** Rewrites the digests of households of a day. @returns how many were other ones */
export const redigestHouseholds = async (
  { db }: { readonly db: Database },
  secrets: DaySecrets,
  digester: Digester,
): Promise<number> => {
  const { owner, dataKey } = secrets
  let changed = 0
  const renew = async (row: Digested, known: readonly Known[]): Promise<void> => {
    const own = known.find(({ kind }) => kind === row.kind)
    if (own === undefined) return
    const digest = digester.newest(secrets, own.of, own.text)
    if (digest.equals(row.digest)) return
    await replaceHouseholdDigest(db.query, owner.jurisdiction, { ...row, digest })
    changed += 1
  }
  for (const row of await readDigestedEscalations(db.query, owner)) {
    const text = unseal(dataKey, addressPlace(row.id), row.addressSealed).toString()
    await renew(row, knownOfAddress(readAddress(text)))
  }
  for (const row of await readDigestedQuarantineDoors(db.query, owner)) {
    const text = unseal(dataKey, sealPlace(row.id, 'address'), row.addressSealed).toString()
    await renew(row, knownOfAddress(readAddress(text)))
  }
  for (let after: string | undefined = beforeAll; after !== undefined; ) {
    for (const row of await readDigestedHouseholdFacts(db.query, owner, after, factsAtOnce)) {
      if (row.sealed === null) continue
      const sealed = JSON.parse(unseal(dataKey, factPlace(row.id), row.sealed).toString()) as object
      await renew(row, knownOf({ ...row.happening, ...sealed } as HouseholdHappening))
    }
    after = await lastHouseholdFactAfter(db.query, owner, after, factsAtOnce)
  }
  return changed
}
