import { describe, expect, it } from 'vitest'
import { writtenSourceFiles } from './source-tree.ts'
import { identifierName, memberName, type Node, syntaxOf, textsIn } from './syntax.ts'

const pure = /^packages\/(contract|domain|models|geodata|simulator|sync)\//

/** Names of the clock, of chance and of the surroundings, which a pure package gets as arguments. */
const surroundings = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'Temporal.Now',
  'process.env',
  'globalThis',
])

const impurity = (node: Node): string | undefined => {
  if (node.type === 'MemberExpression') {
    const name = memberName(node)
    return name !== undefined && surroundings.has(name) ? name : undefined
  }
  const called = identifierName(node.callee)
  const count = Array.isArray(node.arguments) ? node.arguments.length : 0
  if (called === 'Date' && count === 0) return 'Date()'
  return identifierName(node) === 'globalThis' ? 'globalThis' : undefined
}

/**
 * A statement of SQL as people write one: its words in order, all in one case. Prose such as “Select a post from the
 * list” begins with one capital and is not meant.
 */
const sql =
  /^\s*(with\s+\w+\s+as\s*\(|select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+[\w.?"]+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(unlogged\s+)?(table|index|role|policy)\s|truncate\s)/
const isSql = (text: string): boolean =>
  sql.test(text) || (/^\s*[A-Z]{4,}\s/.test(text) && sql.test(text.toLowerCase()))

const places = (paths: readonly string[], test: (node: Node) => string | undefined): string[] =>
  paths.flatMap((path) => {
    const { nodes, lineOf } = syntaxOf(path)
    return nodes.flatMap((node) => {
      const found = test(node)
      return found === undefined ? [] : [`${path}:${lineOf(node.start)} ${found}`]
    })
  })

describe('pure packages', () => {
  it('get time and chance as arguments', () => {
    expect(
      places(
        writtenSourceFiles.filter((path) => pure.test(path)),
        impurity,
      ),
    ).toEqual([])
  })
})

describe('SQL', () => {
  it('is written in packages/db only, and in the testkit, which makes databases for tests', () => {
    const elsewhere = writtenSourceFiles.filter((path) => !/^packages\/(db|testkit)\//.test(path))
    const found = elsewhere.flatMap((path) =>
      textsIn(syntaxOf(path))
        .filter(({ text }) => isSql(text))
        .map(({ text, line }) => `${path}:${line} ${text.trim().slice(0, 60)}`),
    )
    expect(found).toEqual([])
  })

  it('is told from prose', () => {
    for (const statement of [
      'select a, b from t where c = 1',
      '\n  SELECT * FROM screenings ',
      'insert into facts (id) values ($1)',
      'UPDATE posts SET lanes = 4 WHERE id = 1',
      'delete from sessions where expired',
      'with recent as (select 1) select * from recent',
      'create table x (id int)',
      'truncate rollup_post ',
    ])
      expect([statement, isSql(statement)]).toEqual([statement, true])
    for (const prose of [
      'Select a post from the list',
      'Update the app, then set the clock',
      'selected from',
      'Delete from this phone?',
      'rollups verify: count again from facts and compare',
    ])
      expect([prose, isSql(prose)]).toEqual([prose, false])
  })
})

describe('the database of the browser', () => {
  it('is opened in apps/field/src/storage only', () => {
    const names = new Set(['indexedDB', 'IDBKeyRange', 'IDBDatabase'])
    const elsewhere = writtenSourceFiles.filter((path) => !path.startsWith('apps/field/src/storage/'))
    const found = places(elsewhere, (node) => {
      const name = identifierName(node)
      return name !== undefined && names.has(name) ? name : undefined
    })
    expect(found).toEqual([])
  })
})
