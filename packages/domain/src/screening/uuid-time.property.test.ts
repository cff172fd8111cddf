import fc from 'fast-check'
import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

describe('uuidTimeMs', () => {
  it('reads back the milliseconds that the uuid package put in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (msecs, random) => uuidTimeMs(v7({ msecs, random, seq: 0 })) === msecs,
      ),
    )
  })

  it('does not depend on the bits after the first 48', () => {
    const head = '017f22e2-79b0-7'
    expect(uuidTimeMs(`${head}000-8000-000000000000`)).toBe(uuidTimeMs(`${head}fff-bfff-ffffffffffff`))
  })
})
