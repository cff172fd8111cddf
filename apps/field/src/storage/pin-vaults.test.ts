import 'fake-indexeddb/auto'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { readLosses } from './losses.ts'
import { createOutboxStore } from './outbox-store.ts'
import { createPinVaults } from './pin-vaults.ts'
import { openKeyring } from './vault.ts'
import { createVehicleStore } from './vehicle-store.ts'

const wang = { accountId: 'wang', name: { zh: '王', en: 'Wang' } }
const chen = { accountId: 'chen', name: { zh: '陈', en: 'Chen' } }
const pin = '135790'
const most = 10

let phones = 0
/** A phone; `restarted` is the same phone after its app was ended. */
const openPhone = async (name = `pin-${++phones}`) => {
  const database = openDatabase(name)
  const keyring = await openKeyring(database)
  return {
    database,
    keyring,
    vaults: createPinVaults(database, keyring),
    outbox: createOutboxStore(database, keyring.own),
    vehicles: createVehicleStore(database, keyring.own),
    restarted: async () => {
      database.dexie.close()
      return openPhone(name)
    },
  }
}

const entryOf = (id: string, makerId: string, parcel?: unknown) =>
  newEntry({
    id,
    aggregateId: id,
    makerId,
    makerName: wang.name,
    madeAtMs: 1,
    holdBackMs: 0,
    command: { plate: '粤C12345' },
    parcel,
  })

describe('a vault under a PIN', () => {
  it('keeps what it sealed through a restart, for the PIN alone', async () => {
    const phone = await openPhone()
    await phone.vaults.create(wang, pin)
    await phone.vehicles.saveDraft('wang', { plate: '粤C12345' })
    const again = await phone.restarted()
    expect(again.keyring.openAccount()).toBeUndefined()
    expect(await again.vehicles.readDraft('wang')).toBeUndefined()
    expect(await again.vaults.unlock('wang', '246802', 0, most)).toEqual({
      is: 'wrong',
      triesLeft: 9,
      notBeforeMs: 0,
    })
    expect(await again.vehicles.readDraft('wang')).toBeUndefined()
    expect(await again.vaults.unlock('wang', pin, 0, most)).toEqual({ is: 'open' })
    expect(await again.vehicles.readDraft('wang')).toEqual({ plate: '粤C12345' })
  })

  it('holds no key in the store that opens it without the PIN', async () => {
    const { database, vaults } = await openPhone()
    await vaults.create(wang, pin)
    const row = await vaults.find('wang')
    expect(row?.lock.is).toBe('pin')
    for (const { key } of await database.keys.toArray()) {
      if (!key.usages.includes('decrypt') || row === undefined) continue
      const algorithm = { name: 'AES-GCM', iv: row.lock.wrapped.iv }
      await expect(crypto.subtle.decrypt(algorithm, key, row.lock.wrapped.data)).rejects.toThrow()
    }
    expect(
      (await database.keys.toArray()).every(({ key }) => !key.extractable || key.type === 'public'),
    ).toBe(true)
  })

  it('does not open on another phone: a copied row lacks the key that stayed behind', async () => {
    const [first, second] = [await openPhone(), await openPhone()]
    await first.vaults.create(wang, pin)
    const row = await first.vaults.find('wang')
    if (row !== undefined) await second.database.vaults.put(row)
    expect((await second.vaults.unlock('wang', pin, 0, most)).is).toBe('wrong')
  })

  it('asks for pauses, counts tries before they are made, and is spent after the last', async () => {
    const phone = await openPhone()
    await phone.vaults.create(wang, pin)
    let nowMs = 0
    const left: number[] = []
    for (let tries = 1; tries < most; tries += 1) {
      const failed = await phone.vaults.unlock('wang', '246802', nowMs, most)
      if (failed.is !== 'wrong') throw new Error(failed.is)
      left.push(failed.triesLeft)
      if (tries >= 3) {
        const early = await phone.vaults.unlock('wang', pin, failed.notBeforeMs - 1, most)
        expect(early).toEqual({ is: 'too-early', notBeforeMs: failed.notBeforeMs })
      }
      nowMs = failed.notBeforeMs
    }
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
    const again = await phone.restarted()
    expect(await again.vaults.unlock('wang', '246802', nowMs, most)).toEqual({ is: 'spent' })
    // The right PIN comes too late.
    expect(await again.vaults.unlock('wang', pin, nowMs + 86_400_000, most)).toEqual({ is: 'spent' })
  })

  it('forgives wrong tries once the right PIN came', async () => {
    const { vaults } = await openPhone()
    await vaults.create(wang, pin)
    await vaults.unlock('wang', '246802', 0, most)
    await vaults.unlock('wang', pin, 0, most)
    expect((await vaults.find('wang'))?.tries).toBe(0)
  })

  it('takes another PIN for the present one, and a first one where there was none', async () => {
    const { vaults, vehicles, keyring } = await openPhone()
    await vaults.create(wang, undefined)
    await vehicles.saveDraft('wang', { n: 1 })
    expect(await vaults.changePin('wang', undefined, pin, 0, most)).toEqual({ is: 'open' })
    expect((await vaults.changePin('wang', '246802', '975310', 0, most)).is).toBe('wrong')
    expect(await vaults.changePin('wang', pin, '975310', 0, most)).toEqual({ is: 'open' })
    keyring.drop()
    expect((await vaults.unlock('wang', pin, 0, most)).is).toBe('wrong')
    expect(await vaults.unlock('wang', '975310', 0, most)).toEqual({ is: 'open' })
    expect(await vehicles.readDraft('wang')).toEqual({ n: 1 })
  })
})

it('makes one vault even when two pages make it at once', async () => {
  const { database, vaults, vehicles } = await openPhone()
  const otherRing = await openKeyring(database)
  const other = createPinVaults(database, otherRing)
  await Promise.all([vaults.create(wang, undefined), other.create(wang, undefined)])
  await vehicles.saveDraft('wang', { n: 1 })
  expect(await createVehicleStore(database, otherRing.own).readDraft('wang')).toEqual({ n: 1 })
})

describe('two people on one phone', () => {
  it('read nothing of each other, whoever has unlocked', async () => {
    const { vaults, outbox, keyring, vehicles } = await openPhone()
    await vaults.create(wang, pin)
    await outbox.add(entryOf('w-1', 'wang'))
    await outbox.add(entryOf('w-2', 'wang', { kind: 'sync.parcel', id: 'w-2' }))
    await vehicles.saveDraft('wang', { n: 1 })
    keyring.drop()
    await vaults.create(chen, '975310')
    expect(await outbox.readCommand('w-1')).toEqual({ is: 'locked' })
    expect(await outbox.readCommand('w-2')).toEqual({
      is: 'read',
      command: { kind: 'sync.parcel', id: 'w-2' },
    })
    expect(await vehicles.readDraft('chen')).toBeUndefined()
    expect(await vehicles.readDraft('wang')).toBeUndefined()
  })
})

describe('a vault that is destroyed', () => {
  it('loses only what waited unsealed, says which, and keeps it in sight', async () => {
    const { database, vaults, outbox, vehicles, keyring } = await openPhone()
    await vaults.create(wang, pin)
    await outbox.add(entryOf('open', 'wang'))
    await outbox.add(entryOf('sealed', 'wang', { kind: 'sync.parcel', id: 'sealed' }))
    await outbox.add(entryOf('of-chen', 'chen'))
    await vehicles.saveDraft('wang', { n: 1 })
    keyring.drop()
    expect(await vaults.destroy('wang', 'pin-tries', 0)).toBe(1)
    const loss = { accountId: 'wang', at: '1970-01-01T00:00:00.000Z', cause: 'pin-tries', commands: 1 }
    expect(await readLosses(database)).toEqual([{ ...loss, commandIds: ['open'] }])
    const heads = await outbox.readOpen()
    expect(new Map(heads.map((head) => [head.id, head.state]))).toEqual(
      new Map<string, unknown>([
        ['of-chen', { is: 'queued' }],
        ['open', { is: 'unreadable', reason: 'vault-destroyed' }],
        ['sealed', { is: 'queued' }],
      ]),
    )
    expect((await outbox.readCommand('sealed')).is).toBe('read')
    expect(await vaults.find('wang')).toBeUndefined()
    await vaults.create(wang, pin)
    expect(await vehicles.readDraft('wang')).toBeUndefined()
  })
})
