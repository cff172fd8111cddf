import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { algorithmOf, seal, sealAlgorithms, unseal } from './envelope.ts'
import { deriveKey } from './master-key.ts'

const key = deriveKey(randomBytes(32), 'test')
const otherKey = deriveKey(randomBytes(32), 'test')
const plain = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))

describe.each(sealAlgorithms)('an envelope of %s', (algorithm) => {
  it('opens at its place to what was put in', () => {
    fc.assert(
      fc.property(plain, fc.string(), (content, place) => {
        expect(unseal(key, place, seal(key, place, content, algorithm)).equals(content)).toBe(true)
      }),
    )
  })

  it('does not open at another place, with another key, or with a bit of it changed or lost', () => {
    fc.assert(
      fc.property(plain, fc.nat(), fc.nat(7), (content, at, bit) => {
        const envelope = seal(key, 'a|1|name', content, algorithm)
        expect(() => unseal(key, 'a|2|name', envelope)).toThrow()
        expect(() => unseal(otherKey, 'a|1|name', envelope)).toThrow()
        const changed = Buffer.from(envelope)
        const place = at % envelope.length
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        expect(() => unseal(key, 'a|1|name', changed)).toThrow()
        expect(() => unseal(key, 'a|1|name', envelope.subarray(0, place))).toThrow()
        expect(() => unseal(key, 'a|1|name', Buffer.concat([envelope, Buffer.from([0])]))).toThrow()
      }),
    )
  })

  it('never looks the same twice: each has a nonce of its own', () => {
    const nonces = new Set<string>()
    for (let times = 0; times < 5_000; times += 1)
      nonces.add(seal(key, 'a', Buffer.alloc(0), algorithm).subarray(1, 13).toString('hex'))
    expect(nonces.size).toBe(5_000)
  })
})

describe('envelopes', () => {
  it('name their algorithm in the first byte, so that old ones open side by side with new ones', () => {
    const [aes, sm4] = sealAlgorithms.map((algorithm) => seal(key, 'a', Buffer.from('x'), algorithm))
    expect([aes?.[0], sm4?.[0]]).toEqual([1, 2])
    for (const envelope of [aes, sm4])
      expect(unseal(key, 'a', envelope ?? Buffer.alloc(0)).toString()).toBe('x')
    expect(algorithmOf(sm4 ?? Buffer.alloc(0))).toBe('sm4-gcm')
    const unknown = Buffer.concat([Buffer.from([9]), aes?.subarray(1) ?? Buffer.alloc(0)])
    expect(() => unseal(key, 'a', unknown)).toThrow('algorithm')
  })

  it('of one algorithm do not open as the other', () => {
    const envelope = seal(key, 'a', Buffer.from('x'), 'sm4-gcm')
    envelope[0] = 1
    expect(() => unseal(key, 'a', envelope)).toThrow()
  })
})
