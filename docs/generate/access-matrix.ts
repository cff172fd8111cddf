import { type DataClass, dataClassesIn } from '@guankou/contract/data-classes.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { type Role, roleNames, roles } from '@guankou/contract/roles.ts'
import { reviewedMatrix } from '../../tests/access/reviewed-matrix.ts'
import { accessRules } from '../../tests/access/rules.ts'

const all: readonly EndpointDeclaration[] = Object.values(endpoints)

const wherever: ReadonlySet<string> = new Set(['actor', 'none'])

const cellOf = ({ access }: EndpointDeclaration, role: Role): string => {
  if (access.roles === 'anyone') return 'any'
  if (!access.roles.includes(role)) return '–'
  return wherever.has(access.area) ? 'cut' : 'own'
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]

/** Roles stand in two halves: one row of seventeen columns fits no page. */
const matrixOf = (half: readonly Role[]): readonly string[] =>
  table(
    ['Endpoint', ...half.map((role) => roleNames[role].en)],
    all.map((endpoint) => [`\`${endpoint.id}\``, ...half.map((role) => cellOf(endpoint, role))]),
  )

const middle = Math.ceil(roles.length / 2)

const aboutPeople: readonly DataClass[] = ['identity', 'health']

const classesOf = (...schemas: readonly (object | undefined)[]): string => {
  const found = new Set(schemas.flatMap((schema) => [...dataClassesIn(schema)]))
  const named = aboutPeople.filter((dataClass) => found.has(dataClass))
  return named.length === 0 ? '–' : named.join(', ')
}

const dataRows = all.map((endpoint) => [
  `\`${endpoint.id}\``,
  endpoint.access.purpose,
  classesOf(endpoint.query, endpoint.body),
  classesOf(endpoint.output),
  endpoint.audit.record === 'every' ? 'every call' : 'refused calls',
])

const reviewedRows = all.map(({ id, access }) => [
  `\`${id}\``,
  access.area,
  reviewedMatrix[id]?.because ?? '**not reviewed**',
])

/** `docs/access-matrix.md`: who may call what and where, as declared, with the reasons of the review. */
export const accessMatrixPage = (): string =>
  [
    '# Who may do what',
    '',
    '<!-- Written by `npm run gen` from packages/contract and tests/access. Edit those, not this page. -->',
    '',
    'Every endpoint, every role. A test calls each endpoint as each role, in its own area, in the one beside it, in the one above',
    'it, and as nobody, and compares what it met with the reviewed rows in `tests/access/reviewed-matrix.ts`. A declaration that',
    'changed, or an endpoint that is new, fails until somebody has written there why.',
    '',
    '## Roles and endpoints',
    '',
    '`own`: for areas inside the own one, refused elsewhere. `cut`: what is read or changed is cut to the own area. `any`: signed in or',
    'not. `–`: refused, and the refusal audited. Behind these checks row-level security holds every statement of a request to the',
    'own area ([decision 16](adr/0016-row-level-security.md)).',
    '',
    ...matrixOf(roles.slice(0, middle)),
    '',
    ...matrixOf(roles.slice(middle)),
    '',
    '## What is reviewed, and why',
    '',
    ...table(['Endpoint', 'Area', 'Why these roles'], reviewedRows),
    '',
    '## What is about people',
    '',
    'Classes of data that a call can carry in and an answer out, from the marks in the schemas; and what is audited.',
    '',
    ...table(['Endpoint', 'Purpose', 'In', 'Out', 'Audited'], dataRows),
    '',
    '## Rules that every endpoint keeps',
    '',
    ...accessRules.map(({ says }) => `- ${says.charAt(0).toUpperCase()}${says.slice(1)}.`),
    '',
  ].join('\n')
