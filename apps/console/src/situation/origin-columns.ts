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
  /** Whether both days are over, so that whole days can be compared. */
  readonly dayIsOver: boolean
  readonly compare: boolean
}

type OriginColumn = Column<OriginArrivals>

const people =
  (input: OriginColumnsInput) =>
  (
    key: 'travellers' | 'febrile' | 'yesterday',
    value: (row: OriginArrivals) => number | null,
  ): OriginColumn => ({
    key,
    title: input.t(`origins.${key}`),
    numeric: true,
    text: (row) => {
      const count = value(row)
      return count === null ? input.t('origins.withheld') : formatNumber(input.locale, count)
    },
    sortBy: value,
  })

const changeColumn = ({ t, locale }: OriginColumnsInput): OriginColumn => ({
  key: 'change',
  title: t('origins.change'),
  hint: t('origins.changeHint'),
  numeric: true,
  text: (row) => {
    const change = changeOfOrigin(row)
    return change === null ? '—' : formatChange(locale, change, 0)
  },
  sortBy: changeOfOrigin,
})

const namingColumns = ({ t, locale }: OriginColumnsInput): readonly OriginColumn[] => [
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
]

/** The columns of the origins table. While the day runs there is no change: half a day against a whole one misleads. */
export const originColumns = (input: OriginColumnsInput): readonly OriginColumn[] => {
  const { t, locale } = input
  const count = people(input)
  return [
    ...namingColumns(input),
    count('travellers', (row) => row.travellers),
    {
      key: 'share',
      title: t('origins.share'),
      numeric: true,
      text: (row) => (row.share === null ? '—' : formatShare(locale, row.share)),
      sortBy: (row) => row.share,
    },
    ...(input.compare ? [count('yesterday', (row) => row.travellersYesterday)] : []),
    ...(input.compare && input.dayIsOver ? [changeColumn(input)] : []),
    count('febrile', (row) => row.febrile),
  ]
}
