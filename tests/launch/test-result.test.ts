import { describe, expect, it } from 'vitest'

const { countTests, resultLine } = await import(new URL('../../bin/test-result.mjs', import.meta.url).href)

const report = (passed: number, failed: number, files: { status: string; tests: string[] }[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  })),
})

describe('the last line of a test run', () => {
  it('names what passed and what failed', () => {
    expect(resultLine(countTests(report(5, 0), 0))).toBe('5 passed, 0 failed')
    expect(resultLine({ passed: 5, failed: 1, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped')
  })

  it('counts a file that could not be loaded as one that failed', () => {
    const files = [
      { status: 'failed', tests: [] },
      { status: 'failed', tests: ['passed', 'failed'] },
    ]
    expect(countTests(report(1, 1, files), 1).failed).toBe(2)
  })

  it('never calls a run sound that ended with an error', () => {
    expect(countTests(report(3, 0), 1).failed).toBe(1)
    expect(countTests(undefined, 0).failed).toBe(1)
  })
})
