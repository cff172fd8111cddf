import 'fake-indexeddb/auto'
import { registerStorageSuite } from '@guankou/sync/outbox/storage-suite.ts'
import Dexie from 'dexie'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { createOutboxStore } from './outbox-store.ts'
import { openVault } from './vault.ts'

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
  const vault = await openVault(database)
  return {
    storage: createOutboxStore(database, vault),
    reopen: async () => {
      database.dexie.close()
      const again = openDatabase(name)
      return createOutboxStore(again, await openVault(again))
    },
    damage: async (id) => {
      const row = await database.commands.get(id)
      if (row === undefined) return
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
  it('shows no word of a command and no way to take the key out', async () => {
    const database = openDatabase('in-clear')
    const vault = await openVault(database)
    const sealed = await vault.seal('command:1', { plate: '粤C12345', name: '某人' })
    const text = new TextDecoder().decode(sealed.data)
    expect(text).not.toContain('12345')
    const key = (await database.keys.toArray())[0]?.key
    expect(key?.extractable).toBe(false)
  })

  it('opens a record only in its own place', async () => {
    const database = openDatabase('places')
    const vault = await openVault(database)
    const sealed = await vault.seal('command:1', { n: 1 })
    expect(await vault.open('command:1', sealed)).toEqual({ is: 'read', value: { n: 1 } })
    expect(await vault.open('command:2', sealed)).toEqual({ is: 'unreadable', reason: 'cannot-decrypt' })
  })

  it('makes one key even when two pages open at once', async () => {
    const database = openDatabase('two-pages')
    const [first, second] = await Promise.all([openVault(database), openVault(database)])
    const sealed = await first.seal('x', 1)
    expect(await second.open('x', sealed)).toEqual({ is: 'read', value: 1 })
    expect(await Dexie.exists('two-pages')).toBe(true)
  })
})
