import type { Service } from '@guankou/contract/screening/record-screening.ts'
import type { ConveyanceKind } from '@guankou/contract/screening/vocabulary.ts'
import type { TFunction } from 'i18next'
import { displayPlate } from '#src/lane/plate.ts'

/** “G6123 · carriage 05”, as people at a post say it. */
export const serviceName = (t: TFunction, { number, carriage }: Service): string =>
  carriage === undefined ? number : t('seats.inCarriage', { number, carriage })

/** By what people came: a plate, a run, or the kind alone. */
export const conveyanceText = (
  t: TFunction,
  conveyance: {
    readonly kind: ConveyanceKind
    readonly plate?: string | undefined
    readonly service?: Service | undefined
  },
): string => {
  const { kind, plate = '', service } = conveyance
  if (plate !== '') return displayPlate(plate)
  return service === undefined ? t(`kind.${kind}`) : `${t(`kind.${kind}`)} ${serviceName(t, service)}`
}
