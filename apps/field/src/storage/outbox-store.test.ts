import 'fake-indexeddb/auto'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { gatherLots, type Lot } from '@guankou/sync/outbox/lots.ts'
import { registerStorageSuite } from '@guankou/sync/outbox/storage-suite.ts'
import Dexie from 'dexie'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { createOutboxStore, readLots, shedSealedContent } from './outbox-store.ts'
import { createPinVaults } from './pin-vaults.ts'
import { openKeyring } from './vault.ts'

let databases = 0

/** Lets a test take the room away below Dexie, where a browser would. */
const withRoomSwitch = (dexie: Dexie, isFull: () => boolean): void => {
  dexie.use({
    stack: 'dbcore',
    name: 'room',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          mutate: (request) =>
            isFull() && request.type !== 'delete'
              ? Promise.reject(new DOMException('no room', 'QuotaExceededError'))
              : table.mutate(request),
        }
      },
    }),
  })
}

registerStorageSuite('IndexedDB', { describe, it, expect }, async () => {
  databases += 1
  const name = `outbox-${databases}`
  let full = false
  const database = openDatabase(name)
  withRoomSwitch(database.dexie, () => full)
  const keyring = await openKeyring(database)
  const owner = { accountId: 'a-1', name: { zh: '王', en: 'Wang' } }
  await createPinVaults(database, keyring).create(owner, undefined)
  return {
    storage: createOutboxStore(database, keyring.own),
    reopen: async () => {
      database.dexie.close()
      const again = openDatabase(name)
      const ring = await openKeyring(again)
      const vaults = createPinVaults(again, ring)
      const row = await vaults.find(owner.accountId)
      if (row !== undefined) await vaults.openWithoutPin(row)
      return createOutboxStore(again, ring.own)
    },
    setLocked: async (locked) => {
      if (locked) return keyring.drop()
      const vaults = createPinVaults(database, keyring)
      const row = await vaults.find(owner.accountId)
      if (row !== undefined) await vaults.openWithoutPin(row)
    },
    damage: async (id) => {
      const row = await database.commands.get(id)
      if (row?.sealed === undefined) return
      const bytes = new Uint8Array(row.sealed.data)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      await database.commands.put({ ...row, sealed: { ...row.sealed, data: bytes.buffer } })
    },
    setFull: (value) => {
      full = value
    },
  }
})

describe('what lies in IndexedDB', () => {
  const entry = (id: string, parcel?: unknown) =>
    newEntry({
      id,
      aggregateId: id,
      makerId: 'wang',
      makerName: { zh: '', en: '' },
      madeAtMs: 1,
      holdBackMs: 0,
      command: { plate: '粤C12345' },
      parcel,
    })

  it('keeps nothing of what a record said once the server has it or its maker took it back', async () => {
    const database = openDatabase('over')
    const outbox = createOutboxStore(database, (await openKeyring(database)).phone)
    for (const id of ['accepted', 'withdrawn', 'rejected']) await outbox.add(entry(id))
    await outbox.revise((open) => ({
      write: open.map((head) => {
        if (head.id === 'accepted') return { ...head, state: { is: 'accepted', recordedAt: 'now' } }
        if (head.id === 'withdrawn') return { ...head, state: { is: 'withdrawn', atMs: 1 } }
        return { ...head, state: { is: 'rejected', code: 'X' } }
      }),
      result: undefined,
    }))
    expect(await database.commands.toCollection().primaryKeys()).toEqual(['rejected'])
    expect((await outbox.readCommand('rejected')).is).toBe('read')
  })

  it('is only the parcel, where there is one, once the vault has closed', async () => {
    const database = openDatabase('shed')
    const outbox = createOutboxStore(database, (await openKeyring(database)).phone)
    const parcel = { kind: 'sync.parcel', id: 'sealed' }
    await outbox.add(entry('sealed', parcel))
    await outbox.add(entry('open'))
    await shedSealedContent(database)
    expect(await outbox.readCommand('sealed')).toEqual({ is: 'read', command: parcel })
    expect(await outbox.readCommand('open')).toEqual({ is: 'read', command: { plate: '粤C12345' } })
    expect((await database.commands.get('sealed'))?.sealed).toBeUndefined()
  })

  it('shows no word of a command and no way to take the key out', async () => {
    const database = openDatabase('in-clear')
    const vault = (await openKeyring(database)).phone
    const sealed = await vault.seal('command:1', { plate: '粤C12345', name: '某人' })
    const text = new TextDecoder().decode(sealed.data)
    expect(text).not.toContain('12345')
    const key = (await database.keys.toArray())[0]?.key
    expect(key?.extractable).toBe(false)
  })

  it('opens a record only in its own place', async () => {
    const database = openDatabase('places')
    const vault = (await openKeyring(database)).phone
    const sealed = await vault.seal('command:1', { n: 1 })
    expect(await vault.open('command:1', sealed)).toEqual({ is: 'read', value: { n: 1 } })
    expect(await vault.open('command:2', sealed)).toEqual({ is: 'unreadable', reason: 'cannot-decrypt' })
  })

  it('makes one key even when two pages open at once', async () => {
    const database = openDatabase('two-pages')
    const [first, second] = await Promise.all([openKeyring(database), openKeyring(database)])
    const sealed = await first.phone.seal('x', 1)
    expect(await second.phone.open('x', sealed)).toEqual({ is: 'read', value: 1 })
    expect(await Dexie.exists('two-pages')).toBe(true)
  })
})

it('counts open entries by the index as by the heads, after every change', async () => {
  databases += 1
  const database = openDatabase(`outbox-${databases}`)
  const outbox = createOutboxStore(database, (await openKeyring(database)).phone)
  const same = async (): Promise<void> => {
    const byHeads = gatherLots(await outbox.readOpen())
    const key = ({ state, makerId, parcelled }: Lot): string => `${state}${makerId}${parcelled}`
    const sorted = (lots: readonly Lot[]) => [...lots].sort((a, b) => key(a).localeCompare(key(b)))
    expect(sorted(await readLots(database))).toEqual(sorted(byHeads))
  }
  await same()
  for (const [n, makerId] of ['wang', 'chen', 'wang', 'li'].entries())
    await outbox.add(
      newEntry({
        id: `e${n}`,
        aggregateId: `e${n}`,
        makerId,
        makerName: { zh: makerId, en: makerId },
        madeAtMs: 1_000 + n,
        holdBackMs: 0,
        command: { n },
      }),
    )
  await same()
  await outbox.addParcel('e0', { kind: 'sealed' })
  await same()
  await outbox.revise((open) => ({
    write: open.map((head, n) =>
      n === 1
        ? { ...head, state: { is: 'rejected' as const, code: 'UNKNOWN_POST' } }
        : { ...head, state: { is: 'accepted' as const, recordedAt: 'now' } },
    ),
    result: undefined,
  }))
  await same()
  expect(await readLots(database)).toHaveLength(1)
})
