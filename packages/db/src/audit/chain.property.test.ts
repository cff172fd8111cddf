import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditEntry, auditLeaf, emptyHead, merkleRoot, nextLink } from './chain.ts'

const text = fc.option(fc.string({ unit: 'binary', maxLength: 12 }), { nil: null })
const entry: fc.Arbitrary<AuditEntry> = fc.record({
  accountId: text,
  deviceId: text,
  action: fc.string(),
  subject: text,
  outcome: fc.string(),
  detail: text,
})
const entries = fc.array(entry, { minLength: 1, maxLength: 12 })

const linkOf = (
  list: readonly AuditEntry[],
  jurisdiction = 440402,
  atMs = 1_580_000_000_000,
  head = emptyHead,
) => nextLink(jurisdiction, head, list, atMs).hash.toString('hex')

describe('a link of the audit', () => {
  it('is another one for any other entries: changed, left out, put in, put elsewhere', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(linkOf(one) === linkOf(other)).toBe(same)
      }),
    )
    fc.assert(
      fc.property(entries, fc.nat(), entry, (list, place, extra) => {
        const at = place % list.length
        expect(linkOf(list.toSpliced(at, 0, extra))).not.toBe(linkOf(list))
        expect(linkOf([...list, list[at] as AuditEntry])).not.toBe(linkOf(list))
        if (list.length > 1) expect(linkOf(list.toSpliced(at, 1))).not.toBe(linkOf(list))
      }),
    )
  })

  it('binds place, time and everything before it', () => {
    fc.assert(
      fc.property(entries, fc.uint8Array({ minLength: 32, maxLength: 32 }), (list, hash) => {
        const links = [
          linkOf(list),
          linkOf(list, 440403),
          linkOf(list, 440402, 1_580_000_000_001),
          linkOf(list, 440402, 1_580_000_000_000, { seq: 1, hash: emptyHead.hash }),
          linkOf(list, 440402, 1_580_000_000_000, { seq: 0, hash: Buffer.from(hash) }),
        ]
        expect(new Set(links).size).toBe(hash.every((byte) => byte === 0) ? 4 : 5)
      }),
    )
  })

  it('cannot be had from fewer entries that look like a branch of the tree', () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const branch = merkleRoot([auditLeaf(a), auditLeaf(b)])
        expect(branch.equals(merkleRoot([branch, branch]))).toBe(false)
        expect(auditLeaf(a).equals(branch)).toBe(false)
      }),
    )
  })

  it('needs an entry', () => {
    expect(() => merkleRoot([])).toThrow(RangeError)
  })
})
