import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TrustedKey } from '@guankou/contract/certificates/trust-list.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase45, toBase45 } from './base45.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { decodeCbor, encodeCbor, toJson, UnreadableCbor } from './cbor.ts'
import { wrongInDcc } from './dcc-schema.ts'
import { inflateRaw, inflateZlib } from './inflate.ts'
import { looksLikeCertificate, readCertificate } from './read-certificate.ts'
import type { CertificateReading } from './reading.ts'
import { readShcText } from './shc.ts'
import type { Subtle } from './verify-signature.ts'
import { readSignerCertificate } from './x509.ts'

type Vectors = {
  readonly at: string
  readonly keys: readonly TrustedKey[]
  readonly cases: readonly { readonly name: string; readonly text: string; readonly outcome: string }[]
}

const file = new URL('../../../../tests/vectors/certificates/vectors.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const subtle = webcrypto.subtle as unknown as Subtle
const terms = { keys: vectors.keys, subtle, nowMs: Date.parse(vectors.at) }
const textOf = (name: string): string => vectors.cases.find((each) => each.name === name)?.text ?? ''
const contentOf = (reading: CertificateReading) => (reading.is === 'read' ? reading.content : undefined)

describe('a certificate', () => {
  it.each(vectors.cases)('is read and checked: $name, $outcome', async ({ text, outcome }) => {
    expect(looksLikeCertificate(text)).toBe(true)
    const reading = await readCertificate(` ${text}\n`, terms)
    expect(reading).toMatchObject({ is: 'read', outcome })
    if (outcome === 'verified') expect(reading).toMatchObject({ verifiedBy: { issuer: expect.any(String) } })
  })

  it('tells who it is of and what it states', async () => {
    expect(contentOf(await readCertificate(textOf('a card with two vaccinations'), terms))).toMatchObject({
      format: 'smart-health-card',
      issuer: 'https://health.example.org/cards',
      holder: { name: 'Erika Probe Muster', birthDate: '1985-07-09' },
      statements: [
        { kind: 'vaccination', on: '2021-05-01', product: '207', statedBy: 'Example clinic' },
        { kind: 'vaccination', on: '2021-06-12' },
      ],
    })
    expect(contentOf(await readCertificate(textOf('a card with a test'), terms))?.statements).toMatchObject([
      { kind: 'test', on: '2022-01-09', result: 'not-detected' },
    ])
    expect(contentOf(await readCertificate(textOf('a vaccination after WHO'), terms))).toMatchObject({
      format: 'who-ddcc',
      holder: { name: 'Max Muster', birthDate: '1979-03-02' },
      statements: [
        { kind: 'vaccination', on: '2021-11-20', dose: { number: 2, of: 3 }, validUntil: '2022-11-20' },
      ],
      issuedAtMs: Date.parse('2022-01-10T08:00:00.000Z'),
    })
    expect(contentOf(await readCertificate(textOf('a test after WHO'), terms))?.statements).toMatchObject([
      { kind: 'test', on: '2022-01-09T07:00:00Z', product: '94558-4', result: 'not-detected' },
    ])
    expect(contentOf(await readCertificate(textOf('an EU certificate'), terms))?.statements).toMatchObject([
      { kind: 'vaccination', product: 'EU/1/20/1528', dose: { number: 2, of: 2 }, country: 'EU' },
    ])
  })

  it('is verified with nothing but what was signed, whatever letter of it is another, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...vectors.cases),
        fc.nat(),
        fc.nat(9),
        async ({ text }, at, digit) => {
          const place = 5 + (at % (text.length - 5))
          const changed = text.slice(0, place) + String(digit) + text.slice(place + 1)
          const reading = await readCertificate(changed, terms)
          // Bits that pad a packed text say nothing: what was signed is the same without them.
          if (reading.is === 'read' && reading.outcome === 'verified')
            expect(reading.content).toEqual(contentOf(await readCertificate(text, terms)))
        },
      ),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('HC1:', 'shc:/', 'shc:/1/2/', ''),
        fc.string(),
        async (prefix, rest) => {
          expect((await readCertificate(prefix + rest, terms)).is).not.toBe('read')
        },
      ),
    )
  })

  it('expires, and holds no longer than its key', async () => {
    const text = textOf('an EU certificate')
    const later = { ...terms, nowMs: Date.parse('2023-02-01T00:00:00.000Z') }
    expect(await readCertificate(text, later)).toMatchObject({ outcome: 'expired' })
    const old = vectors.keys.map((key) => ({ ...key, validUntil: '2022-01-01T00:00:00.000Z' }))
    expect(await readCertificate(text, { ...terms, keys: old })).toMatchObject({ outcome: 'key-expired' })
    expect(await readCertificate(text, { ...terms, keys: [] })).toMatchObject({ outcome: 'unknown-issuer' })
  })

  it('holds as long as its statement says, wherever that day is meant, and not merely as long as its token', async () => {
    const text = textOf('a vaccination after WHO')
    const on = async (now: string) => {
      const reading = await readCertificate(text, { ...terms, nowMs: Date.parse(now) })
      return reading.is === 'read' ? reading.outcome : reading.is
    }
    // Its period ends on 20 November 2022, its token on 10 January 2023.
    expect(await on('2022-11-21T11:59:00.000Z')).toBe('verified')
    expect(await on('2022-11-21T12:00:00.000Z')).toBe('expired')
    expect(await on('2023-02-01T00:00:00.000Z')).toBe('expired')
  })

  it('is read from a text that is broken into lines, and one that no code could hold is refused', async () => {
    const text = textOf('an EU certificate')
    const broken = `${text.slice(0, 76)}\r\n${text.slice(76, 152)}\n${text.slice(152)}`
    expect(await readCertificate(broken, terms)).toMatchObject({ outcome: 'verified' })
    for (const prefix of ['HC1:', 'shc:/'])
      expect(await readCertificate(prefix + '56'.repeat(500_000), terms)).toEqual({
        is: 'unreadable',
        stage: 'letters',
      })
  })

  it('of several codes says which of them it is', () => {
    expect(readShcText('shc:/2/3/0102')).toEqual({ is: 'part', number: 2, of: 3 })
    expect(readShcText('shc:/1/1/0102')).toEqual({ is: 'whole', jws: './' })
    expect(readShcText('shc:/010')).toEqual({ is: 'damaged' })
  })
})

describe('base 45 and base 64', () => {
  it('take back what they gave', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(Uint8Array.from(bytes))
        expect(fromBase64(toBase64(bytes))).toEqual(Uint8Array.from(bytes))
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(Uint8Array.from(bytes))
      }),
    )
    // The examples of RFC 9285 §4.
    expect(toBase45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0')
    expect(Buffer.from(fromBase45('QED8WEX0') ?? []).toString()).toBe('ietf!')
    expect([fromBase45('GGW'), fromBase45(':::'), fromBase45('A'), fromBase45('a0')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('CBOR', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(toJson(decodeCbor(encodeCbor(given)))).toEqual(JSON.parse(JSON.stringify(given)))
      }),
    )
  })

  // RFC 8949, appendix A.
  it.each([
    ['00', 0],
    ['3903e7', -1000],
    ['1bffffffffffffffff', 18446744073709551615n],
    ['f93c00', 1],
    ['f97bff', 65504],
    ['fa47c35000', 100000],
    ['fb3ff199999999999a', 1.1],
    ['c074323031332d30332d32315432303a30343a30305a', '2013-03-21T20:04:00Z'],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
    ['d83dd28443a10126', undefined],
  ])('%s is read as its examples say', (hex, expected) => {
    const bytes = Buffer.from(hex, 'hex')
    if (expected === undefined) expect(() => decodeCbor(bytes)).toThrow(UnreadableCbor)
    else expect(toJson(decodeCbor(bytes))).toEqual(expected)
  })

  it('of anybody is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeCbor(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableCbor)
        }
      }),
      { numRuns: 2_000 },
    )
    expect(() => decodeCbor(Uint8Array.from(Array.from({ length: 100 }, () => 0x81)))).toThrow(UnreadableCbor)
  })
})

describe('compressed content', () => {
  it('of anybody is unfolded or refused, and never beyond what a certificate needs', async () => {
    const { deflateRawSync, deflateSync } = await import('node:zlib')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(inflateZlib(deflateSync(bytes))).toEqual(Uint8Array.from(bytes))
        inflateRaw(bytes)
        inflateZlib(bytes)
      }),
    )
    expect(inflateRaw(deflateRawSync(Buffer.alloc(10_000_000)))).toBeUndefined()
    const damaged = deflateSync(Buffer.from('a certificate'))
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    expect(inflateZlib(damaged)).toBeUndefined()
    expect(inflateRaw(deflateRawSync(Buffer.from('a certificate')).subarray(0, -3))).toBeUndefined()
  })
})

describe('a signer’s certificate', () => {
  it('of anybody is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(readSignerCertificate(Uint8Array.from([0x30, 0x40, 0x30, 0x30, ...bytes]))).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})

describe('the schema of EU certificates', () => {
  const statement = {
    tg: '840539006',
    vp: '1119349007',
    mp: 'EU/1/20/1528',
    ma: 'ORG-100030215',
    dn: 1,
    sd: 2,
    dt: '2021-02-18',
    co: 'AT',
    is: 'X',
    ci: 'Y',
  }
  const certificate = { ver: '1.3.0', nam: { fnt: 'MUSTER' }, dob: '1985', v: [statement] }
  it('says where a certificate leaves it', () => {
    expect(wrongInDcc(certificate)).toBeUndefined()
    expect(wrongInDcc({ ...certificate, v: [{ ...statement, co: 'XY' }] })).toBe('/v/0/co')
    expect(wrongInDcc({ ...certificate, v: [{ ...statement, ma: 'ORG-99999999' }] })).toBe('/v/0/ma')
    expect(wrongInDcc({ ...certificate, v: [{ ...statement, dn: 0 }] })).toBe('/v/0/dn')
    expect(wrongInDcc({ ...certificate, nam: {} })).toBe('/nam')
    expect(wrongInDcc({ ...certificate, dob: '85' })).toBe('/dob')
    expect(wrongInDcc({ ...certificate, r: [{}] })).toBe('/')
    expect(wrongInDcc('text')).toBe('/')
  })
})
