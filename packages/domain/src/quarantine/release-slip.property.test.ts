import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ReleaseSlip,
  readReleaseText,
  releaseExpiresAtMs,
  releaseTextToSign,
  withReleaseSignature,
} from './release-slip.ts'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const firstMs = Date.parse('2020-01-01T00:00:00.000Z')

const slips = fc.record({
  cityCode: fc.constant(440400),
  district: fc.constantFrom(440402, 440403, 820000),
  serial: fc.stringMatching(/^[0-9A-F]{12}$/),
  name: fc.constantFrom('张*', '欧**', '*', 'Ö**'),
  document: fc.constantFrom('', '****', '****123X', '****77'),
  releasedAtMs: fc.integer({ min: 0, max: 3_000_000 }).map((minute) => firstMs + minute * minuteMs),
  issuedAtMs: fc.integer({ min: 0, max: 3_000_000 }).map((minute) => firstMs + minute * minuteMs),
  validDays: fc.integer({ min: 1, max: 365 }),
})

/** Stands for a signature: the sum of what is signed. */
const signatureOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, at) =>
    [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) & 255, at),
  )
const check = async (signed: string, signature: Uint8Array) =>
  signatureOf(signed).every((byte, at) => byte === signature[at]) ? ('good' as const) : ('bad' as const)

const textOf = (slip: ReleaseSlip): string => {
  const signed = releaseTextToSign(slip)
  return withReleaseSignature(signed, signatureOf(signed))
}
const read = (text: string, nowMs: number, cityCode = 440400) =>
  readReleaseText(text, { cityCode, check, nowMs })

describe('the code of a certificate of release', () => {
  it('says again what was written, with an address before it, in small letters and with breaks, until it expires', async () => {
    await fc.assert(
      fc.asyncProperty(slips, async (slip) => {
        const text = `https://guankou.example/portal/released#${textOf(slip).toLowerCase()}`
        const broken = text.replace(/(.{40})/g, '$1\n ')
        const endMs = releaseExpiresAtMs(slip)
        expect(endMs - slip.issuedAtMs).toBe(slip.validDays * dayMs)
        expect(await read(broken, slip.issuedAtMs)).toEqual({ verdict: 'genuine', slip })
        expect((await read(text, endMs - 1)).verdict).toBe('genuine')
        expect((await read(text, endMs)).verdict).toBe('expired')
        expect((await read(text, slip.issuedAtMs, 440100)).verdict).toBe('other-city')
        expect((await read(text, slip.issuedAtMs - dayMs)).verdict).toBe('unreadable')
      }),
    )
  })

  it('is never genuine after any change of a letter, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        slips,
        fc.nat(),
        fc.constantFrom('A', 'Q', '7', ':', '#', '界'),
        async (slip, at, letter) => {
          const text = textOf(slip)
          const place = 5 + (at % (text.length - 5))
          const changed = text.slice(0, place) + letter + text.slice(place + 1)
          if (changed === text) return
          expect(['forged', 'unreadable', 'other-city']).toContain(
            (await read(changed, slip.issuedAtMs)).verdict,
          )
        },
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        expect((await read(text, firstMs)).verdict).toBe('unreadable')
        expect((await read(`GKR1:${text}`, firstMs)).verdict).toBe('unreadable')
      }),
    )
  })
})
