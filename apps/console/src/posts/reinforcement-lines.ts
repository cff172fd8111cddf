import { reinforcementReasonNames } from '@guankou/contract/posts/vocabulary.ts'
import { isFact, type KeptFact, standingAt } from '@guankou/domain/posts/kept-fact.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import type { PostParts } from '#src/posts/post-parts.ts'

/** One step of asking for officers and sending them, newest first. */
export type ReinforcementLine = {
  readonly id: string
  readonly atMs: number
  readonly what: string
  readonly state: string
  readonly isOpen: boolean
  /** What can still be done about it. */
  readonly may: 'send' | 'withdraw' | undefined
  readonly makerId: string
}

const movementText = (t: TFunction, { nameOf }: PostParts, fact: KeptFact): string | undefined => {
  if (!isFact(fact, 'reinforcement-arrived', 'reinforcement-left')) return undefined
  const word = fact.happening.is === 'reinforcement-arrived' ? 'arrived' : 'left'
  const { officerId, others } = fact.happening
  return officerId === undefined
    ? t(`postPage.help.${word}Others`, { n: others })
    : t(`postPage.help.${word}`, { name: nameOf(officerId) })
}

/** The timeline of reinforcement at a post. */
export const reinforcementLines = (
  t: TFunction,
  locale: Locale,
  parts: PostParts,
): readonly ReinforcementLine[] => {
  const { facts, running, atMs, nameOf, timeZone } = parts
  const requests = new Map(running.reinforcement.requests.map((request) => [request.id, request]))
  return standingAt(facts, atMs)
    .flatMap((fact): readonly ReinforcementLine[] => {
      const line = { id: fact.id, atMs: fact.occurredAtMs, makerId: fact.makerId, isOpen: false, state: '' }
      const request = requests.get(fact.id)
      if (request !== undefined) {
        const reason = inLocale(reinforcementReasonNames[request.reason], locale)
        const asked = t('postPage.help.asked', { name: nameOf(fact.makerId), n: request.officers, reason })
        const what = request.note === undefined ? asked : `${asked}。${request.note}`
        const lacking = request.officers - request.sent
        const state = request.isOpen
          ? t('postPage.help.lacking', { n: lacking })
          : lacking <= 0
            ? t('postPage.help.met')
            : t('postPage.help.over')
        return [{ ...line, what, state, isOpen: request.isOpen, may: request.isOpen ? 'send' : undefined }]
      }
      if (isFact(fact, 'reinforcement-sent')) {
        const { officers, unit, until } = fact.happening
        const what = t('postPage.help.sent', {
          name: nameOf(fact.makerId),
          n: officers,
          unit,
          until: formatInstant(until, timeZone),
        })
        const isRunning = Date.parse(until) > atMs
        const state = isRunning ? '' : t('postPage.help.over')
        return [{ ...line, what, state, may: isRunning ? 'withdraw' : undefined }]
      }
      const what = movementText(t, parts, fact)
      return what === undefined ? [] : [{ ...line, what, may: undefined }]
    })
    .toReversed()
}
