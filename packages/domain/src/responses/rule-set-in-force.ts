import type { RuleSet } from '@guankou/contract/responses/response.ts'

/** The rules in force on a day: the newest version that has taken effect. */
export const ruleSetInForce = (ruleSets: readonly RuleSet[], day: string): RuleSet | undefined =>
  ruleSets
    .filter((ruleSet) => ruleSet.effectiveFrom <= day)
    .reduce<RuleSet | undefined>(
      (newest, ruleSet) => (newest === undefined || ruleSet.version > newest.version ? ruleSet : newest),
      undefined,
    )
