import type { TFunction } from 'i18next'

/** How far the clock is off, and what to do. @param skewMs  device minus server, milliseconds */
export const clockText = (t: TFunction, skewMs: number): string =>
  t('state.clockText', {
    direction: skewMs > 0 ? t('state.clockAhead') : t('state.clockBehind'),
    minutes: Math.round(Math.abs(skewMs) / 60_000),
  })
