import { endpoints } from '@guankou/contract/endpoints.ts'
import { isSafePattern } from 'redos-detector'
import { describe, expect, it } from 'vitest'
import { writtenSourceFiles } from './source-tree.ts'
import { syntaxOf } from './syntax.ts'

type Found = { readonly where: string; readonly source: string; readonly flags: string }

const literals: readonly Found[] = writtenSourceFiles.flatMap((path) => {
  const { nodes, lineOf } = syntaxOf(path)
  return nodes.flatMap((node) => {
    const { regex } = node as { regex?: { pattern: string; flags: string } }
    return regex === undefined
      ? []
      : [{ where: `${path}:${lineOf(node.start)}`, source: regex.pattern, flags: regex.flags }]
  })
})

const patternsIn = (schema: unknown, where: string): Found[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const { pattern } = schema as { pattern?: unknown }
  const own = typeof pattern === 'string' ? [{ where, source: pattern, flags: 'u' }] : []
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => patternsIn(value, `${where}/${key}`))]
}

const ofSchemas = Object.values(endpoints).flatMap((endpoint) => {
  const { id, body, query } = endpoint as { id: string; body?: unknown; query?: unknown }
  return [...patternsIn(body, `${id} body`), ...patternsIn(query, `${id} query`)]
})

/** Patterns that take the square of the length, read by nobody but on short texts of our own or of the operator. */
const shortTexts: Readonly<Record<string, string>> = {
  'apps/console/src/access/webauthn.ts': 'base64 that the browser made',
  'apps/console/src/api/save-answer.ts': 'a header of our server',
  'apps/portal/src/texts/text.ts': 'texts of the front',
  'apps/server/src/http/fronts.ts': 'a path within the limit of a header; each dot ends a try',
  'apps/server/src/identity/transit-key-service.ts': 'the name of a generation',
  'apps/server/src/sign-in/breach-list.ts': 'an address of the operator',
  'apps/server/src/sign-in/library.ts': 'an address of the operator',
  'apps/server/src/sign-in/password-hash.ts': 'base64 that we made',
  'packages/db/src/backup/copy.ts': 'a tag of PostgreSQL',
  'packages/db/src/embedded/failure.ts': 'what PostgreSQL says when it ends',
  'packages/db/src/embedded/launch-fixture.ts': 'a sentence of ours, in tests',
  'packages/domain/src/identity/mrz/names.ts': 'a name, cut to the width of its field before',
  'packages/domain/src/identity/mrz/read-mrz.ts': 'a field of a document, 44 characters at most',
  'packages/ui/src/i18n/missing-keys.ts': 'source and texts of the fronts, in tests',
  'packages/ui/src/person-page/record-sections.tsx': 'texts of the front',
}

/** Flags under which the checker reads a pattern as the engine does; the others change no backtracking. */
const isSafe = ({ source, flags }: Found): boolean =>
  isSafePattern(source, {
    caseInsensitive: flags.includes('i'),
    unicode: flags.includes('u'),
    dotAll: flags.includes('s'),
    multiLine: flags.includes('m'),
    maxScore: 400,
  }).safe

const safeOnce = new Map<string, boolean>()
const unsafe = (all: readonly Found[]): string[] =>
  all
    .filter((found) => {
      const key = `${found.flags}/${found.source}`
      const known = safeOnce.get(key) ?? isSafe(found)
      safeOnce.set(key, known)
      return !known
    })
    .map(({ where, source }) => `${where} ${source}`)

describe('patterns do not backtrack without end', () => {
  it('in the schemas of what comes in', () => {
    expect(ofSchemas.length).toBeGreaterThan(20)
    expect(unsafe(ofSchemas)).toEqual([])
  })

  it('in the source', () => {
    expect(literals.length).toBeGreaterThan(100)
    const found = unsafe(literals)
    expect(found.filter((one) => shortTexts[one.split(':')[0] ?? ''] === undefined)).toEqual([])
    const listed = Object.keys(shortTexts).filter((path) => !found.some((one) => one.startsWith(`${path}:`)))
    expect(listed).toEqual([])
  })

  it('and one that does is found', () => {
    expect(unsafe([{ where: 'here', source: '^(a+)+$', flags: '' }])).toHaveLength(1)
  })
})
