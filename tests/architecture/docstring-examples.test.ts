import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, writtenSourceFiles } from './source-tree.ts'
import { syntaxOf } from './syntax.ts'

type Example = { readonly path: string; readonly line: number; readonly code: string; readonly value: string }

/** A number may be followed by where it comes from: `// 0.1353352832366127, e^−2`. */
const withoutNote = (value: string): string => value.replace(/^(-?\d[\d_.]*(?:e[+-]?\d+)?), .*$/, '$1')

/** `@example expr // value` on one line; anything else after `@example` is an example that nobody runs. */
const examplesOf = (path: string): Example[] =>
  syntaxOf(path).comments.flatMap(({ text, line }) =>
    [...text.matchAll(/@example\b[ \t]*(.*)/g)].map((found) => {
      const at = line + text.slice(0, found.index).split('\n').length - 1
      const rest = (found[1] ?? '').replace(/\s*\*?\s*$/, '')
      const split = rest.lastIndexOf(' // ')
      return split < 0
        ? { path, line: at, code: rest, value: '' }
        : { path, line: at, code: rest.slice(0, split), value: withoutNote(rest.slice(split + 4)) }
    }),
  )

/** What the testkit shows is how a test is written, and tests are run anyway. */
const examples = writtenSourceFiles
  .filter((path) => /^packages\/(?!testkit\/)/.test(path) && syntaxOf(path).text.includes('@example'))
  .flatMap(examplesOf)

const evaluate = (expression: string, names: Readonly<Record<string, unknown>>): unknown =>
  new Function(...Object.keys(names), `'use strict'; return (${expression})`)(...Object.values(names))

/** A number is as exact as it is printed, `0.33` holds for 0.3312, but no more exact than arithmetic is. */
const decimalsOf = (value: string): number => Math.min(12, /^-?\d+\.(\d+)$/.exec(value)?.[1]?.length ?? 12)

describe('examples in docstrings', () => {
  it('are there to be run', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  it('all have the form `@example expression // value`', () => {
    expect(examples.filter(({ value }) => value === '')).toEqual([])
  })

  it.each(examples.map((example) => [`${example.path}:${example.line}`, example] as const))(
    '%s is true',
    async (_, { path, code, value }) => {
      const names = (await import(join(root, path))) as Record<string, unknown>
      const actual = evaluate(code, names)
      const expected = evaluate(value, names)
      if (typeof actual === 'number' && typeof expected === 'number' && Number.isFinite(expected))
        expect(actual).toBeCloseTo(expected, decimalsOf(value))
      else expect(actual).toEqual(expected)
    },
  )
})
