import { createCipheriv, createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AuthenticationError, sm4GcmOpen, sm4GcmSeal } from './sm4-gcm.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

/** RFC 8998, appendix A.1: SM4-GCM. */
const published = {
  nonce: hex('00001234567800000000ABCD'),
  key: createSecretKey(hex('0123456789ABCDEFFEDCBA9876543210')),
  place: hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2'),
  plain: hex(`AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBB CCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
    EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFF EEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA`),
  ciphertext: hex(`17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735
    D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D`),
  tag: hex('83DE3541E4C2B58177E065A9BF7B62EC'),
}

describe('SM4-GCM', () => {
  it('gives the vector of RFC 8998, appendix A.1', () => {
    const { nonce, key, place, plain, ciphertext, tag } = published
    expect(sm4GcmSeal(key, nonce, place, plain)).toEqual({ ciphertext, tag })
    expect(sm4GcmOpen(key, nonce, place, { ciphertext, tag }).equals(plain)).toBe(true)
  })

  it('stands on a cipher that gives the example of GB/T 32907-2016, appendix A', () => {
    const key = hex('0123456789abcdeffedcba9876543210')
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
    expect(cipher.update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
  })

  it('seals texts of every length, none at all included', () => {
    const { nonce, key, place } = published
    for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 200]) {
      const plain = Buffer.alloc(length, 7)
      const sealed = sm4GcmSeal(key, nonce, place, plain)
      expect(sealed.ciphertext).toHaveLength(length)
      expect(sm4GcmOpen(key, nonce, place, sealed).equals(plain)).toBe(true)
    }
  })

  it('opens nothing whose tag, text, nonce or place was changed', () => {
    const { nonce, key, place, ciphertext, tag } = published
    const flipped = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, -1), Buffer.from([0])])
    const open =
      (changed: Partial<{ nonce: Buffer; place: Buffer; ciphertext: Buffer; tag: Buffer }>) => () => {
        const all = { nonce, place, ciphertext, tag, ...changed }
        return sm4GcmOpen(key, all.nonce, all.place, all)
      }
    expect(open({})).not.toThrow()
    expect(open({ tag: flipped(tag) })).toThrow(AuthenticationError)
    expect(open({ tag: tag.subarray(0, 12) })).toThrow(AuthenticationError)
    expect(open({ ciphertext: flipped(ciphertext) })).toThrow(AuthenticationError)
    expect(open({ nonce: flipped(nonce) })).toThrow(AuthenticationError)
    expect(open({ place: flipped(place) })).toThrow(AuthenticationError)
  })
})
