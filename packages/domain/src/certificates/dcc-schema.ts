import type { StatementKind } from '@guankou/contract/certificates/trust-list.ts'
import { findOriginOfCountry } from '@guankou/geodata/divisions/origins.ts'

const kindKeys = { v: 'vaccination', t: 'test', r: 'recovery' } as const satisfies Readonly<
  Record<string, StatementKind>
>

type Fields = { readonly [key: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const isText = (value: unknown, most = 80): boolean =>
  typeof value === 'string' && value !== '' && value.length <= most
const isTextOrNone = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string'
const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99

/** A day, by itself or at the head of an instant: issuers write both. */
const isDay = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T|$)/.test(value)
const isInstant = (value: unknown): boolean => isDay(value) && !Number.isNaN(Date.parse(String(value)))
/** Of people whose day or month of birth is not known, less is written; nothing where nothing is known. */
const isBirthDate = (value: unknown): boolean =>
  typeof value === 'string' &&
  (value === '' || isDay(value) || /^(19|20)\d\d(-(0[1-9]|1[0-2]))?$/.test(value))

/** ISO 3166-1 alpha-2, with what the European Union and international bodies use beside it. */
const otherIssuers = ['CN', 'EU', 'UN', 'XK']
const isCountry = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^[A-Z]{2}$/.test(value) &&
  (otherIssuers.includes(value) || findOriginOfCountry(value) !== undefined)

/** An organisation of the European Medicines Agency is `ORG-` and nine digits; makers outside its list stand by name. */
const isMaker = (value: unknown): boolean =>
  isText(value) && (!String(value).startsWith('ORG-') || /^ORG-\d{9}$/.test(String(value)))

/** Devices are numbered by the Joint Research Centre, from 1 up; numbers from here on are not given out. */
const firstFreeDevice = 9_000
const isDevice = (value: unknown): boolean =>
  isTextOrNone(value) && !(/^\d+$/.test(String(value)) && Number(value) >= firstFreeDevice)

type Check = (value: unknown) => boolean

const common: Readonly<Record<string, Check>> = { tg: isText, co: isCountry, is: isText, ci: isText }
const checksOf: Readonly<Record<StatementKind, Readonly<Record<string, Check>>>> = {
  vaccination: { ...common, vp: isText, mp: isText, ma: isMaker, dn: isCount, sd: isCount, dt: isDay },
  test: {
    ...common,
    tt: isText,
    tr: isText,
    sc: isInstant,
    nm: isTextOrNone,
    ma: isDevice,
    tc: isTextOrNone,
  },
  recovery: { ...common, fr: isDay, df: isDay, du: isDay },
}

const wrongIn = (statement: unknown, kind: StatementKind, path: string): string | undefined => {
  if (!isFields(statement)) return path
  const wrong = Object.entries(checksOf[kind]).find(([key, check]) => !check(statement[key]))
  return wrong === undefined ? undefined : `${path}/${wrong[0]}`
}

const wrongName = (name: unknown): string | undefined => {
  if (!isFields(name)) return '/nam'
  const parts = ['fn', 'fnt', 'gn', 'gnt']
  const wrong = parts.find((part) => !isTextOrNone(name[part]))
  if (wrong !== undefined) return `/nam/${wrong}`
  return parts.some((part) => isText(name[part])) ? undefined : '/nam'
}

/** The statements of a certificate with their kinds. */
export const statementsOf = (
  dcc: Fields,
): readonly { readonly kind: StatementKind; readonly statement: unknown; readonly path: string }[] =>
  Object.entries(kindKeys).flatMap(([key, kind]) =>
    listIn(dcc[key]).map((statement, at) => ({ kind, statement, path: `/${key}/${at}` })),
  )

/**
 * Where an EU certificate does not follow its schema, versions 1.0 to 1.3, as a JSON pointer; nothing where it does. One
 * certificate holds statements of one kind; the first issuers put several doses into one.
 */
export const wrongInDcc = (dcc: unknown): string | undefined => {
  if (!isFields(dcc)) return '/'
  if (typeof dcc.ver !== 'string' || !/^\d+\.\d+\.\d+$/.test(dcc.ver)) return '/ver'
  const name = wrongName(dcc.nam)
  if (name !== undefined) return name
  if (!isBirthDate(dcc.dob)) return '/dob'
  const statements = statementsOf(dcc)
  const kinds = new Set(statements.map(({ kind }) => kind))
  if (kinds.size !== 1) return '/'
  return statements
    .map(({ statement, kind, path }) => wrongIn(statement, kind, path))
    .find((wrong) => wrong !== undefined)
}
