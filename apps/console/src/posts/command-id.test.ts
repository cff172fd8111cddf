import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { describe, expect, it } from 'vitest'
import { newCommandId } from './command-id.ts'

describe('the id of a command made in the console', () => {
  it('carries its time, is of the form that the server takes, and never comes twice', () => {
    const nowMs = Date.parse('2020-02-10T04:00:00.123Z')
    const ids = Array.from({ length: 200 }, () => newCommandId(nowMs))
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(uuidTimeMs(id)).toBe(nowMs)
    }
    expect(new Set(ids).size).toBe(ids.length)
  })
})
