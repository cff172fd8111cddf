import type { TestQuota } from '@guankou/contract/testing/quota.ts'
import type { ScreenedTraveller, ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { type Asking, askForTest, quotaOf } from '@guankou/domain/testing/ask-for-test.ts'

/** Somebody aboard who is to be asked for a test, and why. */
export type AskedTraveller = { readonly person: ScreenedTraveller; readonly asking: Asking }

/** Those aboard whom the quota of the day asks for a test: the pack decides and chance does, never the inspector. */
export const askedPeople = (
  quota: TestQuota | undefined,
  fact: ScreeningRecorded,
): readonly AskedTraveller[] => {
  const own = quotaOf(quota, fact.postId, fact.day)
  if (own === undefined) return []
  return fact.travellers.flatMap((person) => {
    const { entered, decision } = person
    const asking = askForTest(own, {
      screeningId: fact.id,
      seat: entered.seat,
      originCode: entered.origin.code,
      declared: decision.exposure !== 'none',
    })
    return asking === undefined ? [] : [{ person, asking }]
  })
}
