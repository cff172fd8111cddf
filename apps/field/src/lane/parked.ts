import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import type { Draft } from './draft.ts'
import { waitLeftMs } from './temperature.ts'

type Rules = { readonly feverThresholdCelsius: number; readonly secondReadingWaitMinutes: number }

/** Milliseconds until the first of those who wait in a vehicle may be measured again; 0 when somebody may. */
export const soonestMs = (draft: Draft, rules: Rules, nowMs: number): number => {
  const waits = draft.travellers
    .filter(({ readings }) => needsSecondReading(readings, rules.feverThresholdCelsius))
    .flatMap(({ readings }) => readings[0] ?? [])
    .map(({ at }) => waitLeftMs(Date.parse(at), nowMs, rules.secondReadingWaitMinutes))
  return waits.length === 0 ? 0 : Math.min(...waits)
}

/** A vehicle that is put aside; the next one does not wait for it. */
export const parkedDraft = (draft: Draft, nowMs: number): Draft => ({ ...draft, parkedAtMs: nowMs })

/** A vehicle taken up again, at the person whose wait is over first. How long it stood is no time of entry. */
export const resumedDraft = (draft: Draft, rules: Rules, nowMs: number): Draft => {
  const { parkedAtMs, ...rest } = draft
  const waiting = draft.travellers.find(({ readings }) =>
    needsSecondReading(readings, rules.feverThresholdCelsius),
  )
  return {
    ...rest,
    parkedForMs: (draft.parkedForMs ?? 0) + Math.max(0, nowMs - (parkedAtMs ?? nowMs)),
    activeSeat: waiting?.seat ?? draft.activeSeat,
    panel: 'temperature',
  }
}
