import { describe, expect, it } from 'vitest'
import { readText, testFiles, typeScriptFiles, writtenSourceFiles } from './source-tree.ts'
import { type Node, syntaxOf } from './syntax.ts'

const sourceLines = 400
const testLines = 600
const functionLines = 50
const numericalFunctionLines = 80

const linesOf = (path: string): number => readText(path).replace(/\n$/, '').split('\n').length

/** Order statistic of a non-empty list: the smallest value with at least that share at or below it. */
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

const longFunctions = (path: string): string[] => {
  const { nodes, lineOf } = syntaxOf(path)
  const limit = /^packages\/(models|simulator)\//.test(path) ? numericalFunctionLines : functionLines
  return nodes.flatMap((node: Node) => {
    if (!functionTypes.has(node.type)) return []
    const lines = lineOf(node.end) - lineOf(node.start) + 1
    return lines > limit ? [`${path}:${lineOf(node.start)} has a function of ${lines} lines`] : []
  })
}

describe('sizes', () => {
  it(`source files have at most ${sourceLines} lines`, () => {
    const long = writtenSourceFiles.filter((path) => linesOf(path) > sourceLines)
    expect(long.map((path) => `${path}: ${linesOf(path)}`)).toEqual([])
  })

  it('so have all other written files, but tests', () => {
    const others = typeScriptFiles.filter((path) => !testFiles.includes(path))
    expect(others.filter((path) => linesOf(path) > sourceLines)).toEqual([])
  })

  it(`tests have at most ${testLines} lines`, () => {
    expect(testFiles.filter((path) => linesOf(path) > testLines)).toEqual([])
  })

  it(`functions have at most ${functionLines} lines, numerical ones ${numericalFunctionLines}`, () => {
    expect(writtenSourceFiles.flatMap(longFunctions)).toEqual([])
  })

  it('of the whole tree keep the median under 90 lines and nine in ten files under 250', () => {
    const sizes = writtenSourceFiles.map(linesOf)
    const tests = testFiles.map(linesOf)
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    const share = sizes.filter((size) => size > sourceLines).length / sizes.length
    console.info(
      `${sizes.length} source files: median ${quantile(sizes, 0.5)}, p90 ${quantile(sizes, 0.9)}, ` +
        `over ${sourceLines}: ${(share * 100).toFixed(1)} %; ${tests.length} test files: median ` +
        `${quantile(tests, 0.5)}, p90 ${quantile(tests, 0.9)}; test : source lines ` +
        `${(sum(tests) / sum(sizes)).toFixed(2)}`,
    )
    expect(quantile(sizes, 0.5)).toBeLessThanOrEqual(90)
    expect(quantile(sizes, 0.9)).toBeLessThanOrEqual(250)
  })

  it('are counted so that quantiles are right', () => {
    expect(quantile([5, 1, 3], 0.5)).toBe(3)
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2)
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
  })
})
