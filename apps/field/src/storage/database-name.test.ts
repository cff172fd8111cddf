import { describe, expect, it } from 'vitest'
import { databaseName } from './database-name.ts'

const pageOf = (content: string | undefined) => ({
  querySelector: (selector: string) =>
    selector === 'meta[name="guankou-installation"]' && content !== undefined ? { content } : null,
})

describe('the name of the phone’s database', () => {
  it('is the same as ever in a live city', () => {
    expect(databaseName(pageOf(undefined))).toBe('guankou-field')
  })

  it('is another one in each drill', () => {
    const names = ['drill-1', 'drill-2'].map((id) => databaseName(pageOf(id)))
    expect(new Set([...names, 'guankou-field']).size).toBe(3)
  })
})
