import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readText, root } from './source-tree.ts'

/** Rows of the tables of a page, without their headings. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  readText(page)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const namedIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`((?:apps|packages|tests|docs|bin)\/[^`]+)`/g)].map(([, path = '']) => path)

const threats = (): readonly (readonly string[])[] => {
  const text = readText('docs/security.md')
  const tables = text.slice(text.indexOf('## Pretending'), text.indexOf('## What comes in as a file'))
  return tables
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (?:Threat|-)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

describe('the threat model', () => {
  it('names for each threat what stops it, and a test that exists or the reason why there is none', () => {
    const rows = threats()
    expect(rows.length).toBeGreaterThan(35)
    const wrong = rows.flatMap(([threat = '', stops = '', shown = '']) => {
      const tests = namedIn(shown)
      const lost = tests.filter((path) => !existsSync(join(root, path)) || !/\.test\.tsx?$/.test(path))
      const isBare = tests.length === 0 && (shown !== '–' || stops.length < 20)
      return lost.length > 0 || isBare || stops === '' ? [`${threat}: ${shown}`] : []
    })
    expect(wrong).toEqual([])
  })
})

describe('the list of the OWASP ASVS', () => {
  const rows = rowsOf('docs/asvs.md').filter(([number = '']) => /^\d/.test(number))

  it('has each of the 253 requirements of level 2 once, in order', () => {
    const numbers = rows.map(([number = '']) => number)
    expect(new Set(numbers).size).toBe(253)
    expect(numbers).toHaveLength(253)
    const chapters = new Set(numbers.map((number) => Number(number.split('.')[0])))
    expect([...chapters]).toEqual(Array.from({ length: 17 }, (_, index) => index + 1))
  })

  it('says of each whether it is met, and by what; what is named exists', () => {
    const wrong = rows.filter(([, topic = '', state = '', evidence = '']) => {
      const lost = namedIn(evidence).filter((path) => !existsSync(join(root, path)))
      return (
        topic === '' ||
        !['met', 'not applicable', 'open'].includes(state) ||
        evidence === '' ||
        lost.length > 0
      )
    })
    expect(wrong).toEqual([])
  })

  it('counts them as they are', () => {
    const count = (wanted: string): number => rows.filter(([, , state]) => state === wanted).length
    expect(readText('docs/asvs.md')).toContain(
      `253 requirements: ${count('met')} met, ${count('not applicable')} not applicable, ${count('open')} open.`,
    )
  })
})
