import 'fake-indexeddb/auto'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { createOutboxStore } from './outbox-store.ts'
import { openKeyring } from './vault.ts'
import { createVehicleStore, type RecordedVehicle } from './vehicle-store.ts'

let databases = 0
const openPhone = async () => {
  databases += 1
  const database = openDatabase(`vehicles-${databases}`)
  const vault = (await openKeyring(database)).phone
  return {
    database,
    outbox: createOutboxStore(database, vault),
    vehicles: createVehicleStore(database, vault),
  }
}

const vehicle = (id: string, madeAtMs = 1_000): RecordedVehicle => ({
  entry: newEntry({
    id,
    aggregateId: id,
    makerId: 'wang',
    makerName: { zh: '王', en: 'Wang' },
    madeAtMs,
    holdBackMs: 5_000,
    command: { id },
  }),
  line: {
    kind: 'car',
    plate: '粤C12345',
    travellers: 2,
    disposition: 'passed',
    ruleIds: [],
    rulesVersion: 1,
    postId: 1,
    lane: 1,
  },
  durationMs: 12_000,
})

it('stores entry and line and ends the draft together', async () => {
  const { outbox, vehicles } = await openPhone()
  await vehicles.saveDraft('wang', { plate: '粤C' })
  await vehicles.record(vehicle('a'))
  expect((await outbox.readOpen()).map((head) => head.id)).toEqual(['a'])
  expect((await vehicles.readLines(['a'])).get('a')?.plate).toBe('粤C12345')
  expect(await vehicles.readDraft('wang')).toBeUndefined()
})

it('stores nothing at all when one part fails', async () => {
  const { database, outbox, vehicles } = await openPhone()
  await vehicles.saveDraft('wang', { plate: '粤C' })
  await database.screenings.add({
    id: 'a',
    makerId: 'x',
    madeAtMs: 0,
    durationMs: 0,
    sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(0) },
  })
  await expect(vehicles.record(vehicle('a'))).rejects.toThrow()
  expect(await outbox.readOpen()).toEqual([])
  expect(await vehicles.readDraft('wang')).toEqual({ plate: '粤C' })
})

it('takes a vehicle back with its draft, but not one that may have been sent', async () => {
  const { outbox, vehicles } = await openPhone()
  await vehicles.record(vehicle('a'))
  expect(await vehicles.reopen('wang', ['a'], { plate: '粤C12345' }, 2_000)).toBe(true)
  expect(await vehicles.readDraft('wang')).toEqual({ plate: '粤C12345' })
  expect((await outbox.readClosed(5)).map((head) => head.state.is)).toEqual(['withdrawn'])
  await vehicles.record(vehicle('b'))
  await outbox.revise((open) => ({
    write: open.map((head) => ({ ...head, attempts: 1, state: { is: 'sending' as const } })),
    result: undefined,
  }))
  expect(await vehicles.reopen('wang', ['b'], { plate: 'other' }, 2_000)).toBe(false)
})

it('reads the entry times of one account, newest first, without what was withdrawn', async () => {
  const { vehicles } = await openPhone()
  expect(await vehicles.readEntryTimes('wang', 0)).toEqual([])
  await vehicles.record(vehicle('a', 1_000))
  await vehicles.record(vehicle('b', 2_000))
  await vehicles.record({ ...vehicle('c', 3_000), durationMs: 99_000 })
  await vehicles.reopen('wang', ['c'], {}, 3_500)
  expect(await vehicles.readEntryTimes('wang', 0)).toEqual([
    { id: 'b', madeAtMs: 2_000, durationMs: 12_000 },
    { id: 'a', madeAtMs: 1_000, durationMs: 12_000 },
  ])
  expect((await vehicles.readEntryTimes('wang', 1_500)).map(({ id }) => id)).toEqual(['b'])
  expect(await vehicles.readEntryTimes('chen', 0)).toEqual([])
})

it('reads each passage once, some at a time, however many are of one instant', async () => {
  const { vehicles } = await openPhone()
  const made = Array.from({ length: 230 }, (_, n) => ({ id: `v${n}`, at: n < 140 ? 1_000 : 1_000 + n }))
  for (const { id, at } of made) await vehicles.record(vehicle(id, at))
  const seen: string[] = []
  let pieces = 0
  for await (const piece of vehicles.readPassages('wang', 0)) {
    pieces += 1
    seen.push(...piece.map(({ passage }) => passage.screeningId))
  }
  expect(pieces).toBeGreaterThan(2)
  expect([...seen].sort()).toEqual(made.map(({ id }) => id).sort())
})

it('removes the line together with an accepted entry', async () => {
  const { outbox, vehicles } = await openPhone()
  await vehicles.record(vehicle('a'))
  await outbox.revise((open) => ({
    write: open.map((head) => ({ ...head, state: { is: 'accepted' as const, recordedAt: 'now' } })),
    result: undefined,
  }))
  expect(await outbox.pruneAccepted(9_999)).toBe(1)
  expect((await vehicles.readLines(['a'])).size).toBe(0)
})

const shown = (id: string, madeAtMs = 1_001) =>
  newEntry({
    id,
    aggregateId: `declared:${id}`,
    makerId: 'wang',
    makerName: { zh: '王', en: 'Wang' },
    madeAtMs,
    holdBackMs: 5_000,
    command: { id },
  })

it('stores that a declaration was shown with its vehicle, and neither without the other', async () => {
  const { outbox, vehicles } = await openPhone()
  await outbox.add(shown('taken'))
  await expect(vehicles.record({ ...vehicle('a'), use: shown('taken') })).rejects.toThrow()
  expect((await outbox.readOpen()).map(({ id }) => id)).toEqual(['taken'])
  expect((await vehicles.readLines(['a'])).size).toBe(0)
  await vehicles.record({ ...vehicle('a'), use: shown('b') })
  expect((await outbox.readOpen()).map(({ id }) => id)).toEqual(['a', 'b', 'taken'])
  expect(await outbox.readCommand('b')).toEqual({ is: 'read', command: { id: 'b' } })
})

it('takes both back, or neither once one of them may have been sent', async () => {
  const { outbox, vehicles } = await openPhone()
  await vehicles.record({ ...vehicle('a'), use: shown('b') })
  await outbox.revise((open) => ({
    write: open.filter(({ id }) => id === 'b').map((head) => ({ ...head, attempts: 1 })),
    result: undefined,
  }))
  expect(await vehicles.reopen('wang', ['a', 'b'], {}, 2_000)).toBe(false)
  expect((await outbox.readOpen()).map(({ id }) => id)).toEqual(['a', 'b'])
  await vehicles.record({ ...vehicle('c', 3_000), use: shown('d', 3_001) })
  expect(await vehicles.reopen('wang', ['c', 'd'], {}, 3_500)).toBe(true)
  expect((await outbox.readOpen()).map(({ id }) => id)).toEqual(['a', 'b'])
})
