import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFloat, readMeasurement, temperatureSites } from './measurement.ts'

const viewOf = (...bytes: readonly number[]): DataView => new DataView(Uint8Array.from(bytes).buffer)

/** IEEE 11073 FLOAT-Type of mantissa and exponent, little endian. */
const floatBytes = (mantissa: number, exponent: number): readonly number[] => [
  mantissa & 0xff,
  (mantissa >> 8) & 0xff,
  (mantissa >> 16) & 0xff,
  exponent & 0xff,
]

describe('a number of IEEE 11073', () => {
  it('comes back as it was written', () => {
    const mantissas = fc.integer({ min: -0x7ffffd, max: 0x7ffffd })
    fc.assert(
      fc.property(mantissas, fc.integer({ min: -9, max: 9 }), (mantissa, exponent) => {
        expect(readFloat(viewOf(...floatBytes(mantissa, exponent)), 0)).toBe(
          Number(`${mantissa}e${exponent}`),
        )
      }),
    )
  })

  it.each([
    ['no number', 0x7fffff],
    ['not at this resolution', 0x800000],
    ['infinite', 0x7ffffe],
    ['negative infinite', 0x800002],
    ['reserved', 0x800001],
  ])('that is %s is none', (_, mantissa) => {
    expect(readFloat(viewOf(...floatBytes(mantissa, 0)), 0)).toBeNaN()
  })
})

describe('a measurement', () => {
  it('in degrees Celsius is what the display shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 320, max: 430 }), (tenths) => {
        expect(readMeasurement(viewOf(0, ...floatBytes(tenths, -1)))).toEqual({
          ok: true,
          reading: { temperatureCelsius: tenths / 10, site: undefined, takenAt: undefined },
        })
      }),
    )
  })

  it('in Fahrenheit is turned into Celsius', () => {
    expect(readMeasurement(viewOf(1, ...floatBytes(986, -1)))).toMatchObject({
      reading: { temperatureCelsius: 37 },
    })
  })

  it('tells time and site where its flags say so', () => {
    const time = [0xe4, 0x07, 1, 23, 8, 5, 9]
    expect(readMeasurement(viewOf(0b110, ...floatBytes(3731, -2), ...time, 3))).toEqual({
      ok: true,
      reading: { temperatureCelsius: 37.3, site: 'ear', takenAt: '2020-01-23T08:05:09' },
    })
    expect(readMeasurement(viewOf(0b100, ...floatBytes(365, -1), 99))).toMatchObject({
      reading: { site: undefined },
    })
    expect(temperatureSites).toHaveLength(9)
  })

  it.each([
    ['too short', viewOf(0, 1, 2), 'too-short'],
    ['short of its time', viewOf(2, ...floatBytes(365, -1), 1), 'too-short'],
    ['no number', viewOf(0, ...floatBytes(0x7fffff, 0)), 'not-a-number'],
    ['that of a wall', viewOf(0, ...floatBytes(121, -1)), 'out-of-range'],
  ])('that is %s is not handed on', (_, view, problem) => {
    expect(readMeasurement(view)).toEqual({ ok: false, problem })
  })

  it('never throws, whatever a device sends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const measured = readMeasurement(viewOf(...bytes))
        if (measured.ok) expect(measured.reading.temperatureCelsius).toBeGreaterThanOrEqual(20)
      }),
    )
  })
})
