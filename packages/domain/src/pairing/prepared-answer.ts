import type { ToldWithAnswer } from '@guankou/contract/pairing/endpoints.ts'
import type { HouseholdMatch, OrderMatch } from '@guankou/contract/pairing/look-up.ts'
import { type PreparedAnswer, preparedAnswerNames } from '@guankou/contract/pairing/vocabulary.ts'

/** An answer that one press gives. */
export type Prepared = { readonly answer: PreparedAnswer; readonly told: ToldWithAnswer }

/**
 * What may be answered of orders that were found: each that is in force, the one that runs longest first. Two people may
 * share a phone, so that whoever answers picks the one that is meant.
 */
export const answersOfOrders = (
  orders: readonly Pick<OrderMatch, 'quarantineId' | 'inForce' | 'lastDay'>[],
): readonly (Prepared & { readonly quarantineId: string | undefined })[] => {
  const inForce = orders.filter((order) => order.inForce)
  if (inForce.length === 0) return [{ quarantineId: undefined, answer: 'no-order', told: {} }]
  return inForce
    .toSorted((a, b) => b.lastDay.localeCompare(a.lastDay))
    .map(({ quarantineId, lastDay }) => ({ quarantineId, answer: 'order-until', told: { until: lastDay } }))
}

/** What may be answered of households that were found: each with how many live there and when a visit was complete. */
export const answersOfHouseholds = (
  households: readonly Pick<HouseholdMatch, 'householdId' | 'people' | 'visitedOn'>[],
): readonly (Prepared & { readonly householdId: string | undefined })[] =>
  households.length === 0
    ? [{ householdId: undefined, answer: 'no-household', told: {} }]
    : households.map(({ householdId, people, visitedOn }) => ({
        householdId,
        answer: 'people-registered',
        told: { people: Math.min(people, 999), ...(visitedOn === null ? {} : { visitedOn }) },
      }))

/** Whether what is told beside an answer is what that answer tells, no more and no less. */
export const isToldRightly = (answer: PreparedAnswer, told: ToldWithAnswer = {}): boolean => {
  const { until, people, visitedOn } = told
  return (
    (until !== undefined) === (answer === 'order-until') &&
    (people !== undefined) === (answer === 'people-registered') &&
    (visitedOn === undefined || answer === 'people-registered')
  )
}

const toldIn = {
  zh: ({ until, people, visitedOn }: ToldWithAnswer) => [
    ...(until === undefined ? [] : [`至 ${until}`]),
    ...(people === undefined ? [] : [`${people} 人`]),
    ...(visitedOn === undefined
      ? people === undefined
        ? []
        : ['还没有完成的入户']
      : [`上次入户 ${visitedOn}`]),
  ],
  en: ({ until, people, visitedOn }: ToldWithAnswer) => [
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(people === undefined ? [] : [people === 1 ? '1 person' : `${people} people`]),
    ...(visitedOn === undefined
      ? people === undefined
        ? []
        : ['no complete visit yet']
      : [`last visit ${visitedOn}`]),
  ],
} as const

/**
 * An answer in words, as phone and desk both show it.
 * @example preparedAnswerText('en', 'order-until', { until: '2020-02-20' }) // 'Under a quarantine order, until 2020-02-20'
 * @example preparedAnswerText('zh', 'no-order') // '没有生效的隔离决定'
 */
export const preparedAnswerText = (
  locale: 'zh' | 'en',
  answer: PreparedAnswer,
  told: ToldWithAnswer = {},
): string =>
  [preparedAnswerNames[answer][locale], ...toldIn[locale](told)].join(locale === 'zh' ? '，' : ', ')
