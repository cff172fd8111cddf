import { describe, expect, it } from 'vitest'
import { draftPlace, freshDrafts, withDraft, withoutParts } from './round-drafts.ts'

const hour = 3_600_000

describe('drafts of a round', () => {
  it('are kept by door and by what is entered, and forgotten one by one', () => {
    const place = draftPlace('h', 'part', 'health')
    const drafts = withDraft(
      withDraft({}, place, { celsius: '36.5' }, 0),
      draftPlace('g', 'part', 'health'),
      1,
      5,
    )
    expect(drafts[place]).toEqual({ value: { celsius: '36.5' }, atMs: 0 })
    expect(Object.keys(withDraft(drafts, place, undefined, 6))).toEqual(['g part health'])
  })

  it('do not outlive the visit they belong to', () => {
    const drafts = withDraft(
      withDraft({}, draftPlace('h', 'part', 'health'), 1, 0),
      draftPlace('h', 'member', 'new'),
      2,
      3 * hour,
    )
    expect(Object.keys(withoutParts(drafts, 'h'))).toEqual(['h member new'])
    expect(Object.keys(freshDrafts(drafts, 4 * hour))).toEqual(['h member new'])
    expect(freshDrafts(null, 0)).toEqual({})
    expect(freshDrafts(undefined, 0)).toEqual({})
  })
})
