import Type from 'typebox'

/** Pattern of letters, digits and the marks that names and plates carry; no control characters. */
export const printable = '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufeff]*$'

/** UUID version 7 (RFC 9562 §5.7): its first 48 bits are the Unix time in milliseconds. */
export const UuidV7 = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  minLength: 36,
  maxLength: 36,
  description: 'UUID version 7 in lower case (RFC 9562)',
})

/** An instant in UTC with milliseconds, `2020-01-23T14:32:07.120Z` (RFC 3339). */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  minLength: 24,
  maxLength: 24,
  description: 'RFC 3339 instant in UTC with milliseconds',
})

/** A day of a calendar without a time zone, `2020-01-23` (ISO 8601). */
export const CivilDate = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  minLength: 10,
  maxLength: 10,
  description: 'calendar date, ISO 8601',
})

/** Six-digit code of an administrative division (GB/T 2260) or of a country pack. */
export const DivisionCode = Type.Integer({
  minimum: 100_000,
  maximum: 999_999,
  description: 'division code, GB/T 2260 or the country pack',
})

/**
 * An area where somebody can have been, down to a street or town: a division code, or nine digits, of which the last
 * three are numbered within the county (GB/T 10114).
 */
export const AreaCode = Type.Union(
  [DivisionCode, Type.Integer({ minimum: 100_000_000, maximum: 999_999_999 })],
  { description: 'division code of six digits (GB/T 2260), or of nine for a street or town (GB/T 10114)' },
)

/** Where somebody came from: a prefecture (GB/T 2260), or a country as 900000 + ISO 3166-1 numeric. */
export const OriginCode = Type.Integer({
  minimum: 100_000,
  maximum: 999_999,
  description: 'origin: prefecture code (GB/T 2260) or 900000 + ISO 3166-1 numeric',
})

export const Count = Type.Integer({ minimum: 0 })

export const BilingualText = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

export type Bilingual = { readonly zh: string; readonly en: string }

/** One of a closed list of words, typed as their union. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })
