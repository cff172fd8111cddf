/** Where on the body, as the thermometer says it: Bluetooth SIG, Health Thermometer Service 1.0, Temperature Type. */
export const temperatureSites = [
  'armpit',
  'body',
  'ear',
  'finger',
  'gastro-intestinal',
  'mouth',
  'rectum',
  'toe',
  'tympanum',
] as const
export type TemperatureSite = (typeof temperatureSites)[number]

export type ThermometerReading = {
  readonly temperatureCelsius: number
  readonly site: TemperatureSite | undefined
  /** The clock of the thermometer, as it says, without a zone; most have none. */
  readonly takenAt: string | undefined
}

export type ThermometerMeasurement =
  | { readonly ok: true; readonly reading: ThermometerReading }
  | { readonly ok: false; readonly problem: 'too-short' | 'not-a-number' | 'out-of-range' }

const reservedExponent = 0
const reserved = new Set([0x007fffff, 0x00800000, 0x007ffffe, 0x00800002, 0x00800001])

/**
 * A number of IEEE 11073-20601, FLOAT-Type: an exponent of 8 bits and a mantissa of 24, both signed, in little endian. NaN for
 * its special values (no number, not at this resolution, infinities, reserved).
 * @throws RangeError where fewer than four bytes are left
 * @example readFloat(new DataView(Uint8Array.of(0x6c, 0x01, 0x00, 0xff).buffer), 0) // 36.4
 */
export const readFloat = (view: DataView, at: number): number => {
  const bits = view.getUint32(at, true)
  const mantissaBits = bits & 0x00ffffff
  const exponent = view.getInt8(at + 3)
  if (exponent === reservedExponent && reserved.has(mantissaBits)) return Number.NaN
  const mantissa = mantissaBits >= 0x800000 ? mantissaBits - 0x1000000 : mantissaBits
  // By way of decimal text: 364e-1 is 36.4 and no neighbour of it.
  return Number(`${mantissa}e${exponent}`)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Date Time of the Bluetooth SIG: year, month, day, hours, minutes, seconds; zero where unknown. */
const readTime = (view: DataView, at: number): string | undefined => {
  const year = view.getUint16(at, true)
  const [month, day, hour, minute, second] = [2, 3, 4, 5, 6].map((offset) => view.getUint8(at + offset))
  if (year === 0 || !month || !day || hour === undefined || minute === undefined || second === undefined)
    return undefined
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
}

const toCelsius = (value: number, isFahrenheit: boolean): number =>
  Math.round((isFahrenheit ? ((value - 32) * 5) / 9 : value) * 10) / 10

const isPossible = (celsius: number): boolean => celsius >= 20 && celsius <= 50

/**
 * The Temperature Measurement characteristic (0x2A1C) of the Health Thermometer Service (0x1809): flags, the number, then time
 * and site where the flags say so. Values no living body has are not handed on: the device measured a wall.
 * Source: Bluetooth SIG, Health Thermometer Service 1.0, 3.1; Assigned Numbers, Temperature Type.
 */
export const readMeasurement = (view: DataView): ThermometerMeasurement => {
  if (view.byteLength < 5) return { ok: false, problem: 'too-short' }
  const flags = view.getUint8(0)
  const hasTime = (flags & 0b010) !== 0
  const hasSite = (flags & 0b100) !== 0
  if (view.byteLength < 5 + (hasTime ? 7 : 0) + (hasSite ? 1 : 0)) return { ok: false, problem: 'too-short' }
  const value = readFloat(view, 1)
  if (!Number.isFinite(value)) return { ok: false, problem: 'not-a-number' }
  const temperatureCelsius = toCelsius(value, (flags & 0b001) !== 0)
  if (!isPossible(temperatureCelsius)) return { ok: false, problem: 'out-of-range' }
  const site = hasSite ? temperatureSites[view.getUint8(5 + (hasTime ? 7 : 0)) - 1] : undefined
  return {
    ok: true,
    reading: { temperatureCelsius, site, takenAt: hasTime ? readTime(view, 5) : undefined },
  }
}
