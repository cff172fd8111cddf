import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { describe, expect, it } from 'vitest'
import { type FactWords, factText } from './fact-text.ts'

const words: FactWords = {
  locale: 'zh',
  nameOfPerson: (id) => ({ p: '王小明' })[id],
  nameOfAccount: (id) => ({ a: '李医生' })[id] ?? '其他人员',
}
const textOf = (happening: HouseholdHappening): string | undefined =>
  factText(words, {
    ...{ id: 'p', householdId: 'h', occurredAtMs: 0, accountId: 'b', role: 'community-street' },
    happening,
  })

describe('the record of a household', () => {
  it('says whose part was done or signed, and for whom on the phone of another', () => {
    const by = { role: 'community-health', accountId: 'a' } as const
    expect(textOf({ is: 'part-done', visitId: 'v', work: { part: 'health', people: [] }, by })).toBe(
      '卫生 · 李医生',
    )
    expect(textOf({ is: 'visit-signed', visitId: 'v', part: 'police' })).toBe('公安')
  })

  it('says what became of a door, whom a change is about, and nothing where there is no more to say', () => {
    expect(textOf({ is: 'door-outcome', outcome: 'dog', tasks: [], note: '黑狗' })).toBe('有狗 · 黑狗')
    expect(textOf({ is: 'member-moved', personId: 'p', toHouseholdId: 'h' })).toBe('王小明')
    expect(textOf({ is: 'visit-opened', tasks: ['rescreen', 'survey'] })).toBe('重新排查、入户检查')
    expect(textOf({ is: 'undone', factId: 'f' })).toBeUndefined()
  })
})
