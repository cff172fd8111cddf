import { describe, expect, it } from 'vitest'
import { type ErrorEntry, retryRules } from './errors/error-entry.ts'
import { errors, isErrorCode } from './errors.ts'

const all: readonly (readonly [string, ErrorEntry])[] = Object.entries(errors)

describe.each(all)('%s', (code, entry) => {
  it('has a code in capitals, a status that is a failure, and a rule for trying again', () => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    expect(entry.status).toBeGreaterThanOrEqual(400)
    expect(entry.status).toBeLessThan(600)
    expect(retryRules).toContain(entry.retry)
  })

  it('says the same in Chinese and English, as a sentence', () => {
    expect(entry.text.zh).toMatch(/\p{Script=Han}.*。$/u)
    expect(entry.text.en).toMatch(/^\p{Lu}[^\p{Script=Han}]+\.$/u)
  })

  it('is tried again by itself where the server is at fault or full', () => {
    if (entry.status >= 500 || entry.status === 429) expect(entry.retry).toBe('later')
  })
})

describe('isErrorCode', () => {
  it('knows the registry and nothing that an object inherits', () => {
    expect(isErrorCode('BUSY')).toBe(true)
    for (const stranger of ['', 'busy', 'toString', '__proto__', 'constructor'])
      expect(isErrorCode(stranger)).toBe(false)
  })
})
