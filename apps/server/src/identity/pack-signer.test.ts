import { createHash, createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPackSigner } from './pack-signer.ts'

const master = Buffer.alloc(32, 7)
const issuedAtMs = Date.parse('2020-02-10T04:00:00.000Z')

const holds = (pack: ReturnType<ReturnType<typeof createPackSigner>['sign']>): boolean => {
  const x = Buffer.from(pack.publicKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const signed = Buffer.from(`${pack.version}\n${pack.issuedAt}\n${pack.expiresAt}`)
  const version = createHash('sha256').update(pack.content).digest('hex')
  return version === pack.version && verify(null, signed, key, Buffer.from(pack.signature, 'base64'))
}

describe('a signed pack', () => {
  it('can be checked with its public key, and not once a part of it is changed', () => {
    const pack = createPackSigner(master).sign('{"posts":[]}', issuedAtMs)
    expect(holds(pack)).toBe(true)
    expect(holds({ ...pack, content: '{"posts":[1]}' })).toBe(false)
    expect(holds({ ...pack, version: pack.version.replace(/^./, 'g') })).toBe(false)
    expect(holds({ ...pack, expiresAt: '2030-01-01T00:00:00.000Z' })).toBe(false)
    expect(holds({ ...pack, issuedAt: '2030-01-01T00:00:00.000Z' })).toBe(false)
  })

  it('keeps its key over restarts, and its version as long as its content', () => {
    const [one, two] = [createPackSigner(master), createPackSigner(master)]
    const [first, later] = [one.sign('a', issuedAtMs), two.sign('a', issuedAtMs + 1_000)]
    expect(later.publicKey).toBe(first.publicKey)
    expect(later.version).toBe(first.version)
    expect(later.issuedAt).not.toBe(first.issuedAt)
    expect(one.sign('b', issuedAtMs).version).not.toBe(first.version)
    expect(createPackSigner(Buffer.alloc(32, 8)).sign('a', issuedAtMs).publicKey).not.toBe(first.publicKey)
  })
})
