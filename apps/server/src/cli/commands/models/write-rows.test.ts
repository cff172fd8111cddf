import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeRows } from './write-rows.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('rows of a model as CSV', () => {
  it('run no formula, and leave numbers as they are', async () => {
    let written = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
      written += String(text)
      const done = rest.at(-1)
      if (typeof done === 'function') done()
      return true
    })
    await writeRows(
      'csv',
      ['place', 'value'],
      [
        { place: '=HYPERLINK("http://x")', value: -1.5 },
        { place: '@SUM(A1)', value: null },
        { place: '香洲, 东', value: 2 },
      ],
    )
    expect(written).toBe('place,value\n"\'=HYPERLINK(""http://x"")",-1.5\n\'@SUM(A1),\n"香洲, 东",2\n')
  })
})
