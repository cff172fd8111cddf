import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { describe, expect, it } from 'vitest'
import { referencePages } from '../../docs/generate/reference-pages.ts'
import { allFiles, isTest, readText, root } from './source-tree.ts'
import { syntaxOf } from './syntax.ts'

const folder = 'apps/server/src/endpoints'
const all: readonly EndpointDeclaration[] = Object.values(endpoints)

/** `situation.summary` is answered in `endpoints/situation/summary.ts`. */
const handlerOf = (endpoint: EndpointDeclaration): string => `${folder}/${endpoint.id.replace('.', '/')}.ts`

describe.each(all.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_, endpoint) => {
  const handler = handlerOf(endpoint)

  it('is answered in the file that carries its name', () => {
    expect(existsSync(join(root, handler))).toBe(true)
    const fromContract = syntaxOf(handler).imports.filter(
      ({ from, typeOnly }) => from.startsWith('@guankou/contract/') && !typeOnly,
    )
    expect(fromContract.length).toBeGreaterThan(0)
  })

  it('is in the table that the server mounts', () => {
    const mounted = syntaxOf(`${folder}/all.ts`).imports.map(({ from }) => from)
    expect(mounted).toContain(handler.replace('apps/server/src/', '#src/'))
  })
})

describe('endpoints of the server', () => {
  it('are those of the contract and no others', () => {
    const files = allFiles.filter((path) => path.startsWith(`${folder}/`) && !isTest(path))
    const expected = [`${folder}/all.ts`, ...all.map(handlerOf)]
    expect(files.toSorted()).toEqual(expected.toSorted())
  })

  it('are sent nowhere but through the declaration: the web framework is given no path of its own', () => {
    const paths = new Set(all.map(({ path }) => path as string))
    const quoted = allFiles
      .filter((path) => /^apps\/[^/]+\/src\/.*\.tsx?$/.test(path) && !isTest(path))
      .flatMap((path) =>
        syntaxOf(path).nodes.flatMap((node) =>
          node.type === 'Literal' && typeof node.value === 'string' && paths.has(node.value)
            ? [`${path}: ${node.value}`]
            : [],
        ),
      )
    expect(quoted).toEqual([])
  })
})

describe('the reference', () => {
  it.each([...referencePages()])('%s is what the contract says now (npm run gen)', (path, text) => {
    expect(readText(path)).toBe(text)
  })

  it('tells of every endpoint and every refusal', () => {
    const told = [...referencePages().values()].join('\n')
    for (const { id, path, errors } of all)
      for (const word of [`## ${id}\n`, path, ...errors]) expect(told).toContain(word)
  })
})
