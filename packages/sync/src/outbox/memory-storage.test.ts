import { describe, expect, it } from 'vitest'
import { createMemoryStorage, type MemoryRow } from './memory-storage.ts'
import { registerStorageSuite } from './storage-suite.ts'

registerStorageSuite('memory', { describe, it, expect }, async () => {
  const rows = new Map<string, MemoryRow>()
  let full = false
  let locked = false
  return {
    storage: createMemoryStorage(
      rows,
      () => full,
      () => !locked,
    ),
    setLocked: async (value) => {
      locked = value
    },
    reopen: async () => createMemoryStorage(rows, () => full),
    damage: async (id) => {
      const row = rows.get(id)
      if (row !== undefined) rows.set(id, { ...row, commandText: '{' })
    },
    setFull: (value) => {
      full = value
    },
  }
})
