import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { aScreening, usualOccurredAt } from '@guankou/testkit/factories/screening.ts'
import type { TestRequest } from '@guankou/testkit/server/send-json.ts'
import fc from 'fast-check'
import { Value } from 'typebox/value'

type Schema = { readonly [key: string]: unknown }

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Texts that most patterns of the contract take; others are drawn to fit. */
const usualTexts = [
  usualOccurredAt,
  usualOccurredAt.slice(0, 10),
  '016fd2d1-42d0-7881-8034-84e6d1c4acd0',
  'Sample',
  'sample',
  '44',
  'A long enough reason for the tests',
]

const textFor = (schema: Schema): string => {
  const {
    pattern,
    minLength = 0,
    maxLength = 1_000,
    format,
  } = schema as {
    pattern?: string
    minLength?: number
    maxLength?: number
    format?: string
  }
  if (format === 'uuid') return '6f1c1b1e-5d0a-4f0e-9b1a-000000000004'
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength
  const expression = new RegExp(pattern ?? '', 'u')
  const usual = usualTexts.find((text) => fits(text) && expression.test(text))
  if (usual !== undefined) return usual
  if (pattern === undefined) return 'x'.repeat(minLength)
  const [drawn = ''] = fc.sample(fc.stringMatching(expression).filter(fits), { numRuns: 1, seed: 1 })
  return drawn
}

/** The least value that a schema takes. */
export const sampleOf = (schema: unknown): unknown => {
  if (!isSchema(schema)) return null
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0] as unknown
  if (Array.isArray(schema.anyOf)) return sampleOf(schema.anyOf[0])
  if (schema.type === 'string') return textFor(schema)
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return false
  if (schema.type === 'array')
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleOf(schema.items))
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name])]))
}

let serial = 0

/** What also those may send who record no screenings. */
const aNote = ({ id, jurisdiction, occurredAt }: ReturnType<typeof aScreening>) => ({
  kind: 'handover.note',
  schemaVersion: 1,
  id: `${id.slice(0, -4)}0000`,
  jurisdiction,
  occurredAt,
  handoverId: id,
  note: 'Waits inside',
})

/** What a community team may send. */
const aDoor = ({ id, jurisdiction, occurredAt, responseId }: ReturnType<typeof aScreening>) => ({
  kind: 'households.record',
  schemaVersion: 1,
  id: `${id.slice(0, -4)}0001`,
  jurisdiction,
  householdId: id,
  occurredAt,
  responseId,
  happening: { is: 'door-outcome', outcome: 'nobody-home', tasks: [] },
})

/** A body that is as the endpoint wants it, for the area given where it names one. */
const bodyOf = ({ id, body }: EndpointDeclaration, area: number): unknown => {
  serial += 1
  const command = aScreening({ jurisdiction: area, ...(area === 440403 ? { postId: 5 } : {}) }, serial)
  if (id === 'screening.record') return command
  const sample = sampleOf(body) as Record<string, unknown>
  if (id === 'sync.push') return { ...sample, commands: [command, aNote(command), aDoor(command)] }
  if (id === 'handovers.act' || id === 'quarantine.act') return { ...sample, jurisdiction: area }
  const named = isSchema(body) && isSchema(body.properties) ? body.properties : {}
  for (const field of ['area', 'jurisdiction']) if (field in named) sample[field] = area
  return sample
}

const queryOf = ({ query }: EndpointDeclaration, area: number): string => {
  if (query === undefined) return ''
  const sample = sampleOf(query) as Record<string, unknown>
  const named = (query as Schema).properties
  for (const field of ['area', 'jurisdiction']) if (isSchema(named) && field in named) sample[field] = area
  const pairs = Object.entries(sample).map(([key, value]): [string, string] => [key, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
}

/**
 * A call that passes every check of form, so that what is answered tells of access alone.
 * @throws Error where the body drawn is not as the endpoint wants it: then this file has to learn something
 */
export const sampleCall = (endpoint: EndpointDeclaration, area: number): TestRequest => {
  const { method, path, body } = endpoint
  const full = path + queryOf(endpoint, area)
  // From an address of its own each time, so that limits by address do not answer first.
  const headers = { 'x-forwarded-for': `10.2.${(serial >> 8) & 255}.${serial++ & 255}` }
  if (method === 'GET') return { method, path: full, headers }
  const sample = bodyOf(endpoint, area)
  if (body !== undefined && !Value.Check(body, sample))
    throw new Error(`${endpoint.id}: no sample of its body; teach tests-support/sample-call.ts`)
  return { method, path: full, body: sample, headers }
}
