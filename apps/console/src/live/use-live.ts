import type { ChangeEvent } from '@guankou/contract/changes/change-feed.ts'
import { readHealth } from '@guankou/contract/health.ts'
import { addDays } from '@guankou/ui/format/time.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef } from 'react'
import { client } from '#src/api/client.ts'
import { situationKey } from '#src/api/queries.ts'
import { handoversKey } from '#src/handovers/queries.ts'
import { followChanges } from '#src/live/follow-changes.ts'
import { type Line, nextLine, noLine } from '#src/live/line.ts'
import { monitoringKey } from '#src/monitoring/queries.ts'

/** Topics that no figure of a day depends on. */
const elsewhere: ReadonlySet<ChangeEvent['topic']> = new Set([
  'handovers',
  'rules',
  'rescreen',
  'households',
  'quarantine',
])

const daysOf = (event: ChangeEvent): readonly string[] => {
  if (event.topic === 'decisions') return [event.day]
  return event.topic === 'screenings' ? event.increments.map((increment) => increment.day) : []
}

/** A day's figures change with its own records and, through the comparison, with those of the day before. */
export const concernsDay =
  (day: string | undefined) =>
  (event: ChangeEvent): boolean =>
    !elsewhere.has(event.topic) &&
    (day === undefined ||
      event.topic === 'alarms' ||
      daysOf(event).some((changed) => changed === day || changed === addDays(day, -1)))

/** Server clock minus this machine's, taking the answer to have been written half way. */
const readClockOffset = async (): Promise<number | undefined> => {
  const askedMs = Date.now()
  const answer = await client.call(readHealth, {})
  return answer.is === 'ok' ? Date.parse(answer.value.now) - (askedMs + Date.now()) / 2 : undefined
}

/** Keeps the figures of an area and day live. @param day left out: today */
export const useLive = (area: number, day: string | undefined): Line => {
  const queryClient = useQueryClient()
  const [line, tell] = useReducer(nextLine, noLine)
  const clockOffset = useRef(0)

  useEffect(() => {
    void readClockOffset().then((offset) => {
      clockOffset.current = offset ?? 0
    })
    const queryKey = situationKey(area)
    return followChanges({
      area,
      concerns: (event) => {
        if (event.topic === 'handovers') void queryClient.invalidateQueries({ queryKey: handoversKey })
        if (event.topic === 'alarms') void queryClient.invalidateQueries({ queryKey: monitoringKey })
        return concernsDay(day)(event)
      },
      refetch: async () => {
        await queryClient.invalidateQueries({ queryKey })
        const shown = queryClient.getQueryCache().findAll({ queryKey, type: 'active' })
        return shown.every((query) => query.state.status === 'success' && !query.state.isInvalidated)
      },
      tell,
      clockOffsetMs: () => clockOffset.current,
    })
  }, [area, day, queryClient])

  return line
}
