import { describe, expect, it } from 'vitest'
import { areaFieldOf, areaRules, type EndpointDeclaration, purposes } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { isErrorCode } from './errors.ts'
import { roles } from './roles.ts'

const all: readonly (readonly [string, EndpointDeclaration])[] = Object.entries(endpoints)

type Schema = { readonly [key: string]: unknown }
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Every schema inside a schema, itself included, with the way to it. */
const within = (schema: unknown, way = ''): (readonly [string, Schema])[] => {
  if (!isSchema(schema)) return []
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : []
  const variants = Array.isArray(schema.anyOf) ? schema.anyOf : []
  return [
    [way, schema],
    ...properties.flatMap(([name, inner]) => within(inner, `${way}/${name}`)),
    ...variants.flatMap((inner: unknown) => within(inner, way)),
    ...within(schema.items, `${way}/*`),
  ]
}

const namesPerson = (way: string): boolean => /\/(name|number|phone|plate|address)$/i.test(way)
/** A closed list bounds a text, and so does a pattern that repeats a counted number of characters. */
const isBounded = (schema: Schema): boolean =>
  schema.maxLength !== undefined ||
  schema.enum !== undefined ||
  schema.const !== undefined ||
  (typeof schema.pattern === 'string' && !/[*+]|,\}/.test(schema.pattern))
const classOf = (schema: Schema): unknown => schema['x-data-class']

/**
 * What may be revealed, and where: one field at a time, each written where the person can see it; and to who calls the
 * people of a list, name and phone of the one row that is theirs.
 */
const recordReveals = ['/fields/*/text', '/corrections/*/text', '/seenBy/*/reason']
const requestReveals = ['/text', '/answer']
/** Of the household, of the person alone. */
const householdReveals = ['/fields/*/text', '/birthYear', '/seenBy/*/reason']
const pageReveals = [
  ...recordReveals.map((way) => `/records/*${way}`),
  ...householdReveals.map((way) => `/households/*${way}`),
  // Why a line of theirs left in a list, as of every other look at them.
  '/calls/*/seenBy/*/reason',
  ...requestReveals.map((way) => `/requests/*${way}`),
]
/** Address of a door and names behind it; what somebody wrote about the visit. Documents and phones stay covered. */
const addressReveals = ['estate', 'building', 'stair', 'floor', 'door', 'longitude', 'latitude'].map(
  (part) => `/address/${part}`,
)
const factReveals = [
  '/happening/member/name',
  '/happening/change/name',
  ...addressReveals.map((way) => `/happening${way}`),
  ...addressReveals.map((way) => `/happening${way}`),
  '/happening/work/note',
  '/happening/work/note',
  '/happening/note',
].map((way) => `/facts/*${way}`)
const doorReveals = [...addressReveals, '/askFor', '/checks/*/name']
const roundReveals = [...doorReveals.map((way) => `/doors/*${way}`), ...factReveals]
const mayReveal: Readonly<Record<string, readonly string[]>> = {
  // A team walks to these doors and asks for people by name; documents and phones stay covered.
  'households.round': roundReveals,
  'households.household': [...doorReveals.map((way) => `/door${way}`), ...factReveals],
  'identity.unmask': ['/text', '/correctedTo'],
  'households.unmask': ['/text'],
  'worklists.next': ['/call/name', '/call/phone'],
  'quarantine.unmask': ['/text'],
  'subject-access.page': pageReveals,
  'subject-access.desk-page': pageReveals,
  'pairing.facts': ['/facts/*/subject/text', '/facts/*/words'],
  'subject-access.ask': requestReveals,
  'subject-access.open-request': [
    ...requestReveals.map((way) => `/request${way}`),
    ...recordReveals.map((way) => `/record${way}`),
  ],
}

describe.each(all)('%s', (_, endpoint) => {
  it('says who may call it, where and why', () => {
    const { access } = endpoint
    if (access.roles !== 'anyone') {
      expect(access.roles.length).toBeGreaterThan(0)
      expect(roles).toEqual(expect.arrayContaining([...access.roles]))
      expect(access.area).not.toBe('none')
    }
    expect(purposes).toContain(access.purpose)
  })

  it('is audited under its own name, and every call of it where it writes', () => {
    expect(endpoint.audit.action).toBe(endpoint.id)
    if (endpoint.method === 'POST') expect(endpoint.audit.record).toBe('every')
  })

  it('has a name, an address and two sentences for the reader', () => {
    expect(endpoint.id).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    expect(endpoint.path).toMatch(/^\/api(\/[a-z-]+)+$/)
    expect(endpoint.summary).toMatch(/^\p{Lu}.{3,60}[^.]$/u)
    expect(endpoint.description).toMatch(/^\p{Lu}.*\.$/su)
    expect(endpoint.description).not.toBe(endpoint.summary)
  })

  it('lists refusals of the registry, each once', () => {
    expect(endpoint.errors.filter((code) => !isErrorCode(code))).toEqual([])
    expect(new Set(endpoint.errors).size).toBe(endpoint.errors.length)
  })

  it('takes a body exactly where it is a POST, and only up to a size', () => {
    expect(endpoint.body !== undefined).toBe(endpoint.method === 'POST')
    expect(endpoint.limits.bodyBytes > 0).toBe(endpoint.method === 'POST')
  })

  it('reads its area from where it says', () => {
    const fields = (['query', 'body'] as const).flatMap((part) =>
      ['area', 'jurisdiction']
        .filter((field) => within(endpoint[part]).some(([way]) => way === `/${field}`))
        .map((field) => `${part}.${field}`),
    )
    const { area } = endpoint.access
    const rule = areaFieldOf(area)
    // An area that is sent along and not judged would be an open door; a screening's is judged with its command.
    if (endpoint.id !== 'screening.record')
      expect(fields).toEqual(rule === undefined ? [] : [`${rule.part}.${rule.field}`])
    expect(areaRules).toContain(area)
  })

  it('knows every field: no object is open', () => {
    const objects = [endpoint.query, endpoint.body, endpoint.output]
      .flatMap((schema) => within(schema))
      .filter(([, schema]) => schema.type === 'object')
    expect(objects.filter(([, schema]) => schema.additionalProperties !== false)).toEqual([])
  })

  it('bounds every text and list it takes in', () => {
    const taken = [endpoint.query, endpoint.body].flatMap((schema) => within(schema))
    const unbounded = taken.filter(
      ([, schema]) =>
        (schema.type === 'string' && !isBounded(schema)) ||
        (schema.type === 'array' && schema.maxItems === undefined),
    )
    expect(unbounded.map(([way]) => way)).toEqual([])
  })

  it('marks what names a person as identity, and answers nothing that does', () => {
    const taken = [endpoint.query, endpoint.body].flatMap((schema) => within(schema))
    const texts = taken.filter(([way, schema]) => namesPerson(way) && schema.type === 'string')
    expect(texts.filter(([, schema]) => classOf(schema) !== 'identity').map(([way]) => way)).toEqual([])
    const told = within(endpoint.output)
    const revealed = told.filter(
      ([way, schema]) => classOf(schema) === 'identity' || (namesPerson(way) && schema.type === 'string'),
    )
    expect(revealed.map(([way]) => way)).toEqual(mayReveal[endpoint.id] ?? [])
  })
})

describe('the table of contents', () => {
  it('names every endpoint and every address once', () => {
    const ids = all.map(([, endpoint]) => endpoint.id)
    const addresses = all.map(([, endpoint]) => `${endpoint.method} ${endpoint.path}`)
    expect(new Set(ids).size).toBe(all.length)
    expect(new Set(addresses).size).toBe(all.length)
  })

  it('sees the fields that identify people in a screening', () => {
    const identity = within(endpoints.recordScreening.body)
      .filter(([, schema]) => classOf(schema) === 'identity')
      .map(([way]) => way)
    expect(identity.sort()).toEqual([
      '/conveyance/plate',
      '/conveyance/service/number',
      '/travellers/*/document/number',
      '/travellers/*/name',
      '/travellers/*/phone',
    ])
  })

  it('opens to anyone only what is about no person, and signing in', () => {
    const open = all.filter(([, endpoint]) => endpoint.access.roles === 'anyone')
    const purposesOfAll = ['public-information', 'sign-in', 'service-health', 'subject-access']
    expect(open.length).toBeGreaterThan(2)
    expect(open.filter(([, { access }]) => !purposesOfAll.includes(access.purpose))).toEqual([])
  })
})
