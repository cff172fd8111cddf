import type { OriginArrivals } from '@guankou/contract/situation/endpoints.ts'
import { formatChange, formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'

/** Change against the day before, or null where one of the two is withheld or there is nothing to compare with. */
export const changeOfOrigin = ({ travellers, travellersYesterday }: OriginArrivals): number | null => {
  if (travellers === null || travellersYesterday === null || travellersYesterday === 0) return null
  return travellers / travellersYesterday - 1
}

export type OriginColumnsInput = {
  readonly t: TFunction
  readonly locale: Locale
  readonly smallCountThreshold: number
  /** Whether both days are over, so that whole days can be compared. */
  readonly dayIsOver: boolean
  readonly compare: boolean
}

/** The columns of the origins table. While the day runs there is no change: half a day against a whole one misleads. */
export const originColumns = (input: OriginColumnsInput): readonly Column<OriginArrivals>[] => {
  const { t, locale } = input
  const under = t('origins.under', { threshold: input.smallCountThreshold })
  const count = (value: number | null) => (value === null ? under : formatNumber(locale, value))
  const compared: readonly Column<OriginArrivals>[] = [
    {
      key: 'yesterday',
      title: t('origins.yesterday'),
      numeric: true,
      text: (row) => count(row.travellersYesterday),
      sortBy: (row) => row.travellersYesterday,
    },
    ...(input.dayIsOver
      ? [
          {
            key: 'change',
            title: t('origins.change'),
            hint: t('origins.changeHint'),
            numeric: true,
            text: (row: OriginArrivals) => {
              const change = changeOfOrigin(row)
              return change === null ? '—' : formatChange(locale, change, 0)
            },
            sortBy: changeOfOrigin,
          },
        ]
      : []),
  ]
  return [
    {
      key: 'name',
      title: t('origins.name'),
      text: (row) => inLocale(row.name, locale),
      sortBy: (row) => inLocale(row.name, locale),
    },
    {
      key: 'code',
      title: t('origins.code'),
      text: (row) => String(row.originCode),
      sortBy: (row) => row.originCode,
    },
    {
      key: 'travellers',
      title: t('origins.travellers'),
      numeric: true,
      text: (row) => count(row.travellers),
      sortBy: (row) => row.travellers,
    },
    {
      key: 'share',
      title: t('origins.share'),
      numeric: true,
      text: (row) => (row.share === null ? '—' : formatShare(locale, row.share)),
      sortBy: (row) => row.share,
    },
    ...(input.compare ? compared : []),
    {
      key: 'febrile',
      title: t('origins.febrile'),
      numeric: true,
      text: (row) => count(row.febrile),
      sortBy: (row) => row.febrile,
    },
  ]
}
