import { describe, expect, it } from 'vitest'
import { allFiles, readText, writtenSourceFiles } from './source-tree.ts'
import { identifierName, syntaxOf } from './syntax.ts'

type Entry = { readonly concept: string; readonly code: readonly string[]; readonly not: readonly string[] }

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '')

const entries: readonly Entry[] = readText('docs/glossary.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|\s*(-|Concept)/.test(line))
  .map(cellsOf)
  .map(([concept = '', , , code = '', not = '']) => ({ concept, code: quoted(code), not: quoted(not) }))

const split = (name: string): string =>
  ` ${name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .join(' ')
    .trim()} `

const splitOnce = new Map<string, string>()

/** `RollUp`, `roll_up` and `roll-up` are the same two words. */
const wordsOf = (name: string): string => {
  const words = splitOnce.get(name) ?? split(name)
  splitOnce.set(name, words)
  return words
}

const holds = (name: string, forbidden: string): boolean => {
  const words = wordsOf(name)
  const asked = wordsOf(forbidden)
  return words.includes(asked) || words.includes(`${asked.trimEnd()}s `)
}

type Use = { readonly path: string; readonly line: number; readonly name: string }

const identifiers: readonly Use[] = writtenSourceFiles.flatMap((path) => {
  const { nodes, lineOf } = syntaxOf(path)
  return nodes.flatMap((node) => {
    const name = identifierName(node)
    return name === undefined ? [] : [{ path, line: lineOf(node.start), name }]
  })
})

const sqlNames: readonly Use[] = allFiles
  .filter((path) => path.endsWith('.sql'))
  .flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((text, index) =>
        [...text.replace(/--.*$/, '').matchAll(/[a-z_][a-z0-9_]*/gi)].map(([name]) => {
          return { path, line: index + 1, name }
        }),
      ),
  )

describe('the glossary', () => {
  it('is read: every row has a concept in six columns', () => {
    expect(entries.length).toBeGreaterThan(20)
    expect(entries.filter(({ concept }) => concept === '')).toEqual([])
    const concepts = entries.map(({ concept }) => concept)
    expect(new Set(concepts).size).toBe(concepts.length)
  })

  it('forbids no word that it uses itself', () => {
    const used = entries.flatMap(({ code }) => code)
    const contradictions = entries.flatMap(({ not }) =>
      not.flatMap((word) => used.filter((name) => holds(name, word)).map((name) => `${name} holds ${word}`)),
    )
    expect(contradictions).toEqual([])
  })

  it('is kept: no identifier and no name in SQL uses a word that stands under “not”', () => {
    const forbidden = entries.flatMap(({ concept, not }) => not.map((word) => ({ concept, word })))
    const names = new Map([...identifiers, ...sqlNames].map((use) => [`${use.path} ${use.name}`, use]))
    const found = [...names.values()].flatMap(({ path, line, name }) =>
      forbidden
        .filter(({ word }) => holds(name, word))
        .map(({ concept, word }) => `${path}:${line} ${name}: say “${concept}”, not “${word}”`),
    )
    expect(found).toEqual([])
  })

  it('knows words whole, in any case, and in the plural', () => {
    expect(holds('passengerCount', 'passenger')).toBe(true)
    expect(holds('PASSENGERS_BY_DAY', 'passenger')).toBe(true)
    expect(holds('work_order_id', 'workOrder')).toBe(true)
    expect(holds('compassengine', 'passenger')).toBe(false)
  })
})
