import type { FigureInterval, ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import type { TFunction } from 'i18next'
import { formatInstant } from '#src/format/time.ts'

/** The interval of a figure as people read it, and as it is. */
export type ShownInterval = { readonly text: string; readonly of: FigureInterval }

/** Unit, interval, data window, data time and version of a number, a line each. @param t  of the namespace `ui` */
export const stampLines = (
  t: TFunction<'ui'>,
  about: {
    readonly stamp: ModelStamp
    readonly interval?: ShownInterval | undefined
    readonly timeZone: string
  },
): string => {
  const { stamp, interval, timeZone } = about
  const level = interval === undefined ? undefined : Math.round(interval.of.level * 100)
  return [
    t('stamp.unit', { unit: t(`figureUnit.${stamp.unit}`) }),
    ...(interval === undefined ? [] : [t('stamp.interval', { level, interval: interval.text })]),
    t('stamp.window', { from: stamp.dataFrom, until: stamp.dataUntil }),
    t('stamp.dataAt', { time: formatInstant(stamp.dataAt, timeZone) }),
    t('stamp.version', { model: t(`model.${stamp.model}`), version: stamp.version }),
  ].join('\n')
}
