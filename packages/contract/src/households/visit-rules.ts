import Type, { type Static } from 'typebox'
import { oneOf } from '../primitives.ts'
import { doorOutcomes, nextSteps, visitParts, visitTasks } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** What a door asks for after an outcome. */
export const RetryRule = Type.Object(
  {
    outcome: oneOf(doorOutcomes),
    step: oneOf(nextSteps),
    /** Minutes until the next attempt; left out where there is none and the door is done with. */
    againAfterMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_160 })),
    /** Attempts with this outcome in a row before `lastly` takes the place of `step`, and the door is done with. */
    mostAttempts: Type.Integer({ minimum: 1, maximum: 20 }),
    lastly: oneOf(nextSteps),
  },
  closed,
)
export type RetryRule = Static<typeof RetryRule>

/** How a response has doors visited, as data. */
export const VisitRules = Type.Object(
  {
    /** Parts without which a visit for a task is not complete. */
    parts: Type.Array(
      Type.Object(
        { task: oneOf(visitTasks), parts: Type.Array(oneOf(visitParts), { minItems: 1, uniqueItems: true }) },
        closed,
      ),
    ),
    retries: Type.Array(RetryRule),
    /** Local hours between which nobody knocks: from the one until the other, over midnight. */
    quietFromHour: Type.Integer({ minimum: 12, maximum: 23 }),
    quietUntilHour: Type.Integer({ minimum: 0, maximum: 11 }),
  },
  closed,
)
export type VisitRules = Static<typeof VisitRules>
