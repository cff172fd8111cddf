import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import type { ErrorEntry } from '@guankou/contract/errors/error-entry.ts'
import { errors } from '@guankou/contract/errors.ts'
import { roleNames, roles } from '@guankou/contract/roles.ts'
import { accessMatrixPage } from './access-matrix.ts'

type Schema = { readonly [key: string]: unknown }

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

const notice = '<!-- Written by `npm run gen` from packages/contract. Edit the contract, not this page. -->'

const sentence = (words: readonly string[], none: string): string =>
  words.length === 0 ? none : words.map((word) => `\`${word}\``).join(', ')

const boundsOf = (schema: Schema): string => {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['', schema.minimum, schema.maximum],
    ['length ', schema.minLength, schema.maxLength],
    ['items ', schema.minItems, schema.maxItems],
  ]
  const said = pairs.flatMap(([what, low, high]) => {
    if (low === undefined && high === undefined) return []
    if (low === high) return [`${what}${low}`]
    if (low === undefined) return [`${what}up to ${high}`]
    if (high === undefined) return [`${what}${low} or more`]
    return [`${what}${low} to ${high}`]
  })
  return said.length === 0 ? '' : `, ${said.join(', ')}`
}

const typeOf = (schema: Schema): string => {
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``
  if (Array.isArray(schema.enum)) return schema.enum.map((word) => `\`${word}\``).join(' ')
  if (Array.isArray(schema.anyOf)) return schema.anyOf.filter(isSchema).map(typeOf).join(' or ')
  const type = typeof schema.type === 'string' ? schema.type : 'anything'
  return `${type}${boundsOf(schema)}`
}

type Row = {
  readonly field: string
  readonly type: string
  readonly required: boolean
  readonly dataClass: string
}

/** Every field with its way from the top; `travellers[].seat` is the seat of each traveller. */
const rowsOf = (schema: Schema, way = ''): readonly Row[] => {
  const required = Array.isArray(schema.required) ? schema.required : []
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : []
  return properties.flatMap(([name, inner]) => {
    if (!isSchema(inner)) return []
    const isList = isSchema(inner.items)
    const field = `${way}${name}${isList ? '[]' : ''}`
    const dataClass = typeof inner['x-data-class'] === 'string' ? inner['x-data-class'] : ''
    const row = { field, type: typeOf(inner), required: required.includes(name), dataClass }
    return [row, ...rowsOf(isSchema(inner.items) ? inner.items : inner, `${field}.`)]
  })
}

const fields = (title: string, schema: unknown): readonly string[] => {
  const rows = isSchema(schema) ? rowsOf(schema) : []
  if (rows.length === 0) return []
  const lines = rows.map(({ field, type, required, dataClass }) => {
    const notes = [required ? '' : 'optional', dataClass].filter((note) => note !== '')
    return `- \`${field}\`: ${type}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`
  })
  return ['', `${title}:`, '', ...lines]
}

const areaRules: Readonly<Record<EndpointDeclaration['access']['area'], string>> = {
  none: 'none involved',
  actor: 'cut to the area of whoever asks',
  'query.area': 'the area asked for must lie in that of whoever asks',
  'query.jurisdiction': 'the jurisdiction asked for must lie in the area of whoever asks',
  'body.area': 'the area named in the body must lie in that of whoever asks',
  'body.jurisdiction': 'the jurisdiction named in the body must lie in the area of whoever asks',
  'per-command': 'each command names its jurisdiction and is judged alone',
}

const endpointSection = (endpoint: EndpointDeclaration): string => {
  const { access, audit, limits } = endpoint
  const who = access.roles === 'anyone' ? 'anyone' : sentence(access.roles, 'nobody')
  return [
    `## ${endpoint.id}`,
    '',
    `\`${endpoint.method} ${endpoint.path}\``,
    '',
    `${endpoint.summary}. ${endpoint.description}`,
    '',
    `- Who: ${who}`,
    `- Area: ${areaRules[access.area]}`,
    `- Purpose: ${access.purpose}`,
    `- Audit: ${audit.record === 'every' ? 'every call' : 'refused calls'}, as \`${audit.action}\``,
    `- Limit: group \`${limits.group}\`${limits.bodyBytes > 0 ? `, body up to ${limits.bodyBytes} bytes` : ''}`,
    `- Answers: ${endpoint.successStatus ?? 200}${endpoint.stream === 'sse' ? ', as server-sent events' : ''}`,
    `- Refusals of its own: ${sentence(endpoint.errors, 'none')}`,
    ...fields('Query', endpoint.query),
    ...fields('Body', endpoint.body),
    ...fields(endpoint.stream === 'sse' ? 'Each event' : 'Answer', endpoint.output),
  ].join('\n')
}

const endpointsPage = (): string => {
  const all: readonly EndpointDeclaration[] = Object.values(endpoints)
  const contents = all.map(
    (endpoint) => `- [${endpoint.id}](#${endpoint.id.replace('.', '')}): ${endpoint.summary}`,
  )
  return [
    '# Endpoints',
    '',
    notice,
    '',
    'Any endpoint may also refuse for reasons that lie before it: sign-in, role, area, size, form or load; see',
    '[errors](errors.md).',
    '',
    ...contents,
    '',
    all.map(endpointSection).join('\n\n'),
    '',
  ].join('\n')
}

const retryWords = { never: 'after a change', later: 'by itself', 'after-sign-in': 'after sign-in' } as const

const errorsPage = (): string => {
  const all: readonly (readonly [string, ErrorEntry])[] = Object.entries(errors)
  const lines = all.map(([code, { status, retry, text }]) => {
    return `- \`${code}\`: HTTP ${status}, sent again ${retryWords[retry]}. ${text.en} ${text.zh}`
  })
  return [
    '# Refusals',
    '',
    notice,
    '',
    'Clients branch on the code. Text is for people and may change.',
    '',
    ...lines,
    '',
  ].join('\n')
}

const accessPage = (): string => {
  const all: readonly EndpointDeclaration[] = Object.values(endpoints)
  const lines = roles.map((role) => {
    const open = all.filter(({ access }) => access.roles !== 'anyone' && access.roles.includes(role))
    const { en, zh } = roleNames[role]
    return `- \`${role}\`, ${en}, ${zh}: ${open.length === 0 ? 'nothing yet' : open.map(({ id }) => id).join(', ')}`
  })
  const anyone = all.filter(({ access }) => access.roles === 'anyone').map(({ id }) => id)
  return [
    '# Roles and what they may call',
    '',
    notice,
    '',
    `Anyone, signed in or not: ${anyone.join(', ')}.`,
    '',
    ...lines,
    '',
  ].join('\n')
}

/** The generated pages of `docs/reference/` and the access matrix, by path from the root of the repository. */
export const referencePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/reference/endpoints.md', endpointsPage()],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/roles.md', accessPage()],
    ['docs/access-matrix.md', accessMatrixPage()],
  ])
