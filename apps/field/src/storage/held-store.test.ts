import 'fake-indexeddb/auto'
import type { HeldPack } from '@guankou/sync/download/runner.ts'
import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { createHeldStore } from './held-store.ts'
import { openKeyring } from './vault.ts'

let databases = 0
const openHeld = async () => {
  databases += 1
  const database = openDatabase(`held-${databases}`)
  return { database, held: createHeldStore(database, await openKeyring(database)) }
}

const packOf = (publicKey: string): HeldPack => ({
  pack: { version: 'v', issuedAt: '', expiresAt: '', content: '{}', signature: '', publicKey },
  content: { jurisdictions: [], posts: [], responses: [] },
})

it('keeps who works here sealed and gives it back', async () => {
  const { database, held } = await openHeld()
  await held.write('profile', { accountId: 'wang' })
  expect(await held.read('profile')).toEqual({ accountId: 'wang' })
  expect(JSON.stringify(await database.held.get('profile'))).not.toContain('wang')
  await held.remove('profile')
  expect(await held.read('profile')).toBeUndefined()
})

it('makes one device id and keeps it', async () => {
  const { held } = await openHeld()
  const ids = await Promise.all([held.deviceId(() => 'first'), held.deviceId(() => 'second')])
  expect(new Set(ids).size).toBe(1)
  expect(await held.deviceId(() => 'third')).toBe(ids[0])
})

it('pins the key of the first pack until it is told to forget it', async () => {
  const { held } = await openHeld()
  await held.packs.writePack(packOf('key-1'))
  await held.packs.writePack(packOf('key-2'))
  expect(await held.packs.readPinnedKey()).toBe('key-1')
  await held.forgetPinnedKey()
  await held.packs.writePack(packOf('key-2'))
  expect(await held.packs.readPinnedKey()).toBe('key-2')
})
