import 'fake-indexeddb/auto'
import { proofText } from '@guankou/contract/access/device-proof.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { fromBase64Url, openDeviceKey } from './device-key.ts'
import { createHeldStore } from './held-store.ts'
import { createOutboxStore } from './outbox-store.ts'
import { createPinVaults } from './pin-vaults.ts'
import { openKeyring } from './vault.ts'
import { beginAnew, forgetIdentity, readWiped, wipe } from './wipe.ts'

const requestedAt = '2020-02-10T04:00:00.000Z'

let phones = 0
const phoneAtWork = async () => {
  phones += 1
  const database = openDatabase(`wipe-${phones}`)
  const keyring = await openKeyring(database)
  const held = createHeldStore(database, keyring)
  const deviceId = await held.deviceId(() => 'device-1')
  const key = await openDeviceKey(database, deviceId)
  await createPinVaults(database, keyring).create({ accountId: 'wang', name: { zh: '', en: '' } }, undefined)
  const outbox = createOutboxStore(database, keyring.own)
  for (const id of ['a', 'b']) {
    const maker = { makerId: 'wang', makerName: { zh: '', en: '' } }
    await outbox.add(newEntry({ id, aggregateId: id, ...maker, madeAtMs: 1, holdBackMs: 0, command: { id } }))
  }
  await held.write('profile', { accountId: 'wang' })
  return { database, held, key, outbox }
}

it('leaves nothing but the key that signs the acknowledgement, and says what went unsent', async () => {
  const { database, key } = await phoneAtWork()
  const wiped = await wipe(database, requestedAt, 0)
  expect(wiped).toMatchObject({
    requestedAt,
    acknowledged: false,
    losses: [{ accountId: 'wang', cause: 'wipe', commands: 2, commandIds: ['a', 'b'] }],
  })
  for (const table of [
    database.heads,
    database.commands,
    database.screenings,
    database.drafts,
    database.vaults,
  ])
    expect(await table.count()).toBe(0)
  expect((await database.held.toArray()).map(({ name }) => name).sort()).toEqual(['device-id', 'wiped'])
  expect((await openDeviceKey(database, 'device-1')).publicKey).toBe(key.publicKey)
})

it('is done once: a crash before the acknowledgement changes nothing of what is told', async () => {
  const { database } = await phoneAtWork()
  const first = await wipe(database, requestedAt, 0)
  expect(await wipe(database, '2020-02-11T04:00:00.000Z', 9)).toEqual(first)
  expect(await readWiped(database)).toEqual(first)
})

it('forgets who it was once the server knows, and can begin anew as somebody else', async () => {
  const { database, held, key } = await phoneAtWork()
  const wiped = await forgetIdentity(database, await wipe(database, requestedAt, 0))
  expect(wiped.acknowledged).toBe(true)
  expect(await database.keys.count()).toBe(0)
  await beginAnew(database)
  expect(await readWiped(database)).toBeUndefined()
  expect(await held.deviceId(() => 'device-2')).toBe('device-2')
  expect((await openDeviceKey(database, 'device-2')).publicKey).not.toBe(key.publicKey)
})

it('proves itself with a key that two pages share and no script can take away', async () => {
  phones += 1
  const database = openDatabase(`wipe-${phones}`)
  const [one, other] = await Promise.all([openDeviceKey(database, 'd'), openDeviceKey(database, 'd')])
  expect(one.publicKey).toBe(other.publicKey)
  const proof = await one.prove('push', requestedAt, [1])
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const raw = fromBase64Url(one.publicKey)
  const publicKey = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify'])
  const verify = (text: string) =>
    crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      publicKey,
      fromBase64Url(proof),
      new TextEncoder().encode(text),
    )
  expect(await verify(proofText('push', 'd', requestedAt, [1]))).toBe(true)
  expect(await verify(proofText('contact', 'd', requestedAt, [1]))).toBe(false)
  const stored = (await database.keys.toArray()).filter(({ key }) => key.type === 'private')
  expect(stored.map(({ key }) => key.extractable)).toEqual([false])
})
