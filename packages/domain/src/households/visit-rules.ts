import type { RetryRule, VisitRules } from '@guankou/contract/households/visit-rules.ts'
import {
  type DoorOutcome,
  type VisitPart,
  type VisitTask,
  visitParts,
} from '@guankou/contract/households/vocabulary.ts'
import type { Response } from '@guankou/contract/responses/response.ts'

/** What holds where a response says nothing about visits. */
export const usualVisitRules: VisitRules = {
  parts: [
    { task: 'register', parts: ['health', 'street', 'police'] },
    { task: 'rescreen', parts: ['health', 'street'] },
    { task: 'survey', parts: ['street'] },
    { task: 'quarantine-check', parts: ['health', 'police'] },
    { task: 'escalated', parts: ['health', 'street', 'police'] },
  ],
  retries: [
    {
      outcome: 'nobody-home',
      step: 'try-again',
      againAfterMinutes: 240,
      mostAttempts: 3,
      lastly: 'leave-notice',
    },
    {
      outcome: 'asked-later',
      step: 'try-again',
      againAfterMinutes: 120,
      mostAttempts: 3,
      lastly: 'call-by-phone',
    },
    {
      outcome: 'refused',
      step: 'bring-police',
      againAfterMinutes: 60,
      mostAttempts: 2,
      lastly: 'report-to-commander',
    },
    {
      outcome: 'elderly-alone',
      step: 'come-with-family',
      againAfterMinutes: 180,
      mostAttempts: 3,
      lastly: 'call-by-phone',
    },
    {
      outcome: 'language',
      step: 'bring-interpreter',
      againAfterMinutes: 180,
      mostAttempts: 3,
      lastly: 'call-by-phone',
    },
    {
      outcome: 'dog',
      step: 'have-dog-tied',
      againAfterMinutes: 60,
      mostAttempts: 3,
      lastly: 'call-by-phone',
    },
    {
      outcome: 'no-access',
      step: 'ask-management',
      againAfterMinutes: 60,
      mostAttempts: 3,
      lastly: 'call-by-phone',
    },
    { outcome: 'moved', step: 'find-new-address', mostAttempts: 1, lastly: 'find-new-address' },
    { outcome: 'wrong-address', step: 'correct-address', mostAttempts: 1, lastly: 'correct-address' },
  ],
  quietFromHour: 21,
  quietUntilHour: 8,
}

/** The rules of a response that are in force on a day. @param day  `YYYY-MM-DD` */
export const visitRulesOf = (response: Response | undefined, day: string): VisitRules => {
  const inForce = response?.ruleSets
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => b.version - a.version)[0]
  return inForce?.visits ?? usualVisitRules
}

/** The rule for an outcome; one that a response leaves out is that of the house. */
export const retryRuleOf = (rules: VisitRules, outcome: DoorOutcome): RetryRule => {
  const rule = [...rules.retries, ...usualVisitRules.retries].find((each) => each.outcome === outcome)
  if (rule === undefined) throw new Error(`no rule for ${outcome}`)
  return rule
}

const partsOf = (rules: VisitRules, task: VisitTask): readonly VisitPart[] =>
  [...rules.parts, ...usualVisitRules.parts].find((each) => each.task === task)?.parts ?? visitParts

/** The parts that a visit for several tasks needs: those of any of them, in the order of the team. */
export const partsNeeded = (rules: VisitRules, tasks: readonly VisitTask[]): readonly VisitPart[] => {
  const needed = new Set(tasks.flatMap((task) => partsOf(rules, task)))
  return visitParts.filter((part) => needed.has(part))
}
