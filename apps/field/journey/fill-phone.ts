import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { openDatabase } from '#src/storage/database.ts'
import { databaseName, type NamedPage } from '#src/storage/database-name.ts'
import { createHeldStore } from '#src/storage/held-store.ts'
import { headRow, sealCommand } from '#src/storage/outbox-store.ts'
import { createPinVaults } from '#src/storage/pin-vaults.ts'
import { openKeyring, type Vault } from '#src/storage/vault.ts'
import { sealParcel } from '#src/sync/seal-parcel.ts'

/*
 * Bundled for the bench `field` alone, and put into the page of the app: fills the phone with vehicles as three days at a post
 * would, sealed under the vault of whoever works here and for the server, by the code of the app itself.
 */

type Profile = { readonly accountId: string; readonly name: { readonly zh: string; readonly en: string } }

const openPhone = async () => {
  const database = openDatabase(databaseName(document as NamedPage))
  const keyring = await openKeyring(database)
  const held = createHeldStore(database, keyring)
  const profile = (await held.read('profile')) as Profile
  const vaults = createPinVaults(database, keyring)
  const row = await vaults.find(profile.accountId)
  if (row === undefined || !(await vaults.openWithoutPin(row))) throw new Error('the vault is not open')
  const attribution = (await held.readOwn('attribution', profile.accountId)) as { token: string } | undefined
  const pack = await held.packs.readPack()
  const deviceId = await held.deviceId(() => 'none')
  return { database, held, vault: keyring.own, profile, attribution, pack, deviceId }
}

type Phone = Awaited<ReturnType<typeof openPhone>>

const parcelOf = async ({ attribution, pack, deviceId }: Phone, command: RecordScreening) => {
  const sealingKey = pack?.content.sealingKey
  if (attribution === undefined || sealingKey === undefined) return undefined
  return sealParcel({ sealingKey, deviceId, attribution: attribution.token }, command.id, command)
}

const lineOf = (command: RecordScreening) => ({
  kind: command.conveyance.kind,
  ...(command.conveyance.plate === undefined ? {} : { plate: command.conveyance.plate }),
  travellers: command.travellers.length,
  disposition: 'passed',
  ruleIds: [],
  rulesVersion: command.rulesVersion,
  postId: command.postId,
  lane: command.lane,
})

const sealAll = async (phone: Phone, vault: Vault, command: RecordScreening) => {
  const { accountId: makerId, name: makerName } = phone.profile
  const madeAtMs = Date.parse(command.occurredAt)
  const { id } = command
  const parcel = await parcelOf(phone, command)
  const entry = newEntry({
    id,
    aggregateId: id,
    makerId,
    makerName,
    madeAtMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  const sealed = await vault.seal(`line:${id}`, lineOf(command))
  return {
    head: headRow(entry.head),
    command: await sealCommand(vault, entry),
    line: { id, makerId, madeAtMs, durationMs: 14_000, sealed },
  }
}

/** Puts vehicles on the phone. @returns whether they are sealed for the server as well */
const fillPhone = async (commands: readonly RecordScreening[]): Promise<boolean> => {
  const phone = await openPhone()
  const { database, vault } = phone
  const rows = await Promise.all(commands.map((command) => sealAll(phone, vault, command)))
  const { dexie, heads, screenings } = database
  await dexie.transaction('rw', heads, database.commands, screenings, async () => {
    await heads.bulkAdd(rows.map(({ head }) => head))
    await database.commands.bulkAdd(rows.map(({ command }) => command))
    await screenings.bulkAdd(rows.map(({ line }) => line))
  })
  dexie.close()
  return phone.attribution !== undefined
}

const choosePost = async (postId: number): Promise<void> => {
  const { held, database } = await openPhone()
  await held.write('place', { postId, lane: 1 })
  database.dexie.close()
}

Object.assign(globalThis, { guankouBench: { fillPhone, choosePost } })
