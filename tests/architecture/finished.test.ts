import { describe, expect, it } from 'vitest'
import { allFiles, testFiles, typeScriptFiles, writtenSourceFiles } from './source-tree.ts'
import { memberName, type Node, syntaxOf } from './syntax.ts'

const found = (paths: readonly string[], test: (node: Node, path: string) => boolean): string[] =>
  paths.flatMap((path) => {
    const { nodes, lineOf } = syntaxOf(path)
    return nodes.filter((node) => test(node, path)).map((node) => `${path}:${lineOf(node.start)}`)
  })

/** Said in two halves, so that this file is not its own first finding. */
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`)
const silenced = /@ts-(ignore|nocheck|expect-error)/

/** `it.skip`, `describe.only.each`, `test.todo`, `it.skipIf` on a runner's own functions. */
const isLeftOut = (node: Node): boolean => {
  if (node.type !== 'MemberExpression') return false
  const [runner = '', ...rest] = (memberName(node) ?? '').split('.')
  const words = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fails'])
  return /^(it|test|describe|suite|bench)$/.test(runner) && rest.some((word) => words.has(word))
}

describe('nothing is half done', () => {
  it('no test is left out', () => {
    expect(found(testFiles, isLeftOut)).toEqual([])
  })

  it('no type is given up', () => {
    expect(found(typeScriptFiles, (node) => node.type === 'TSAnyKeyword')).toEqual([])
    expect(found(typeScriptFiles, (node) => node.type === 'TSNonNullExpression')).toEqual([])
  })

  it('no comment puts work off or silences the compiler', () => {
    const comments = typeScriptFiles.flatMap((path) =>
      syntaxOf(path).comments.map((comment) => ({ ...comment, path })),
    )
    const bad = comments.filter(({ text }) => unfinished.test(text) || silenced.test(text))
    expect(bad.map(({ path, line, text }) => `${path}:${line} ${text.trim().slice(0, 60)}`)).toEqual([])
  })

  it('no lint rule is silenced without its reason', () => {
    const silent = typeScriptFiles.flatMap((path) =>
      syntaxOf(path)
        .comments.filter(({ text }) => /biome-ignore/.test(text) && !/biome-ignore[^:]*: \S.{9,}/.test(text))
        .map(({ line }) => `${path}:${line}`),
    )
    expect(silent).toEqual([])
  })
})

describe('modules', () => {
  it('export by name, and no file re-exports another', () => {
    const barrels = found(
      writtenSourceFiles,
      (node) => node.type === 'ExportAllDeclaration' || node.type === 'ExportDefaultDeclaration',
    )
    expect(barrels).toEqual([])
    const reExports = found(
      writtenSourceFiles,
      (node) => node.type === 'ExportNamedDeclaration' && node.source !== null,
    )
    expect(reExports).toEqual([])
  })

  it('use only syntax that can be erased', () => {
    const kept = new Set(['TSEnumDeclaration', 'TSModuleDeclaration', 'TSParameterProperty'])
    const runs = (node: Node) => kept.has(node.type) && node.declare !== true
    expect(found(typeScriptFiles, runs)).toEqual([])
  })
})

describe('names of files', () => {
  const drawers = new Set(['shared', 'common', 'util', 'utils', 'helper', 'helpers', 'misc'])
  const ours = allFiles.filter((path) => /^(packages|apps|tests|bench|bin|docs)\//.test(path))

  it('say what is inside: nothing is called shared, common, utils, helpers or misc', () => {
    const vague = ours.filter((path) => path.split('/').some((part) => drawers.has(part.split('.')[0] ?? '')))
    expect(vague).toEqual([])
  })

  it('are kebab-case, or PascalCase for components', () => {
    const code = ours.filter((path) => /^(packages|apps)\/[^/]+\/(src|generate)\//.test(path))
    const odd = code.filter((path) => {
      const parts = path.split('/')
      const [stem = '', ...suffixes] = (parts.at(-1) ?? '').split('.')
      const kebab = /^[a-z0-9]+([-_][a-z0-9]+)*$/
      const folders = parts.slice(2, -1).every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))
      const component = suffixes.at(-1) === 'tsx' && /^[A-Z][A-Za-z0-9]*$/.test(stem)
      return !folders || !(kebab.test(stem) || component)
    })
    expect(odd).toEqual([])
  })
})
