import type { TFunction } from 'i18next'
import type { KnownPerson, KnownVehicle } from '#src/lane/known-vehicle.ts'

const clock = (ms: number): string => {
  const at = new Date(ms)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

const dayStart = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** “yesterday 18:02”, or month and day. */
export const whenText = (t: TFunction, atMs: number, nowMs: number): string => {
  const daysAgo = Math.round((dayStart(nowMs) - dayStart(atMs)) / 86_400_000)
  if (daysAgo === 0) return t('returning.today', { time: clock(atMs) })
  if (daysAgo === 1) return t('returning.yesterday', { time: clock(atMs) })
  const at = new Date(atMs)
  return `${at.getMonth() + 1}-${String(at.getDate()).padStart(2, '0')} ${clock(atMs)}`
}

export const lastText = (t: TFunction, vehicle: KnownVehicle, nowMs: number): string =>
  whenText(t, vehicle.passages[0]?.occurredAtMs ?? nowMs, nowMs)

/** “王** ****123X”, or the empty text where nothing was recorded of them. */
export const knownName = ({ name, document }: Pick<KnownPerson, 'name' | 'document'>): string =>
  [name, document].filter((part) => part !== undefined).join(' ')
