import type { Round } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { roleOfPart, type VisitPart, visitParts } from '@guankou/contract/households/vocabulary.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { visitRulesOf } from '@guankou/domain/households/visit-rules.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { useEffect, useMemo, useState } from 'react'
import { type DoorsAtHand, doorsOf, type RoundRules } from '#src/round/doors.ts'
import type { RoundHeld } from '#src/round/round-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { type RoundBook, type RoundMade, type RoundNews, roundBookOf } from '#src/runtime/round-book.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '../use-now.ts'

export type RoundAtHand = DoorsAtHand & {
  readonly content: PackContent
  readonly book: RoundBook
  readonly held: RoundHeld
  readonly round: Round | undefined
  readonly news: RoundNews
  readonly rules: RoundRules
  readonly nowMs: number
  readonly day: string
  readonly accountId: string
  readonly ownPart: VisitPart | undefined
  readonly symptoms: readonly { readonly code: string; readonly name: { zh: string; en: string } }[]
  /** Records, and remembers it as what can be undone by one tap. */
  readonly say: (happening: HouseholdHappening, householdId?: string) => Promise<RoundMade>
  readonly made: RoundMade | undefined
  readonly undoLast: (() => void) | undefined
}

const askEveryMs = 60_000

const symptomsOf = (content: PackContent, responseId: string | undefined, day: string) =>
  content.responses
    .find(({ id }) => id === responseId)
    ?.ruleSets.filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => b.version - a.version)[0]?.symptoms ?? []

const useAsking = (book: RoundBook): void => {
  const { runtime } = useField()
  const { online, counts } = useStore(runtime.sync.view)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was sent changes what the server tells
  useEffect(() => {
    void book.load().then(() => book.refresh())
    const timer = setInterval(() => void book.refresh(), askEveryMs)
    return () => clearInterval(timer)
  }, [book, online, counts.waiting === 0])
}

/** The round of today as this phone has it; asks the server on coming, every minute and when everything was sent. */
export const useRound = (content: PackContent): RoundAtHand => {
  const { runtime } = useField()
  const book = roundBookOf(runtime)
  const profile = useStore(runtime.profile)
  const held = useStore(book.held)
  const news = useStore(book.news)
  const nowMs = useNow(10_000)
  const [made, setMade] = useState<RoundMade>()
  useAsking(book)
  const { round } = held
  const timeZone =
    content.jurisdictions.find(({ code }) => code === round?.jurisdiction)?.timeZone ?? 'Asia/Shanghai'
  const { day } = daySlotOf(timeZone, nowMs)
  const response = content.responses.find(({ id }) => id === round?.responseId)
  const rules = useMemo(() => ({ rules: visitRulesOf(response, day), timeZone }), [response, day, timeZone])
  const doors = useMemo(() => doorsOf(held, rules, Math.max(nowMs, Date.now())), [held, rules, nowMs])
  const say: RoundAtHand['say'] = async (happening, householdId) => {
    const outcome = await book.record(content, happening, householdId)
    setMade(happening.is === 'undone' ? undefined : outcome)
    return outcome
  }
  return {
    ...doors,
    content,
    book,
    held,
    round,
    news,
    rules,
    nowMs,
    day,
    accountId: profile?.accountId ?? '',
    ownPart: visitParts.find((part) => roleOfPart[part] === profile?.role),
    symptoms: symptomsOf(content, round?.responseId, day),
    say,
    made,
    undoLast:
      made?.is === 'recorded'
        ? () => void say({ is: 'undone', factId: made.id }, made.householdId)
        : undefined,
  }
}
