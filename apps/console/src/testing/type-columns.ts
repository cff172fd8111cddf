import { arrivalsStep, type TypeAllocation } from '@guankou/contract/testing/allocation.ts'
import { formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { intervalText, smallShare } from '#src/testing/numbers.ts'
import { reasonKeys } from '#src/testing/words.ts'

/** A type of traveller in words. */
export const typeName = (
  t: TFunction,
  locale: Locale,
  { originName, declared }: Pick<TypeAllocation, 'originName' | 'declared'>,
): string => inLocale(originName, locale) + (declared ? ` · ${t('testing.declaredYes')}` : '')

/** People and tests of a type of traveller. */
const countColumns = (t: TFunction, locale: Locale): readonly Column<TypeAllocation>[] => [
  {
    key: 'arrivals',
    title: t('testing.arrivals'),
    numeric: true,
    text: ({ arrivals }) =>
      arrivals === null ? t('testing.fewerThan', { count: arrivalsStep }) : formatNumber(locale, arrivals),
    sortBy: ({ arrivals }) => arrivals,
  },
  {
    key: 'tests',
    title: t('testing.tests'),
    numeric: true,
    text: ({ tests }) => formatNumber(locale, tests),
    sortBy: ({ tests }) => tests,
  },
  {
    key: 'byLot',
    title: t('testing.byLot'),
    numeric: true,
    text: ({ byLot }) => formatNumber(locale, byLot),
    sortBy: ({ byLot }) => byLot,
  },
]

/** What was estimated of it. */
const estimateColumns = (t: TFunction, locale: Locale): readonly Column<TypeAllocation>[] => {
  const share = (value: number) => smallShare(locale, value)
  return [
    {
      key: 'askedShare',
      title: t('testing.askedShare'),
      numeric: true,
      text: ({ askedShare }) => formatShare(locale, askedShare, 0),
      sortBy: ({ askedShare }) => askedShare,
    },
    {
      key: 'prevalence',
      title: t('testing.prevalence'),
      numeric: true,
      text: ({ prevalence }) =>
        `${share(prevalence.value ?? 0)} (${intervalText(t, prevalence, share) ?? ''})`,
      sortBy: ({ prevalence }) => prevalence.value,
    },
    {
      key: 'worth',
      title: t('testing.worth'),
      numeric: true,
      text: ({ worth }) => (worth === null ? '—' : share(worth)),
      sortBy: ({ worth }) => worth,
    },
  ]
}

/** What the table of a post says of each type of traveller; the interval has a column of its own in an export. */
export const typeColumns = (t: TFunction, locale: Locale): readonly Column<TypeAllocation>[] => [
  {
    key: 'origin',
    title: t('testing.origin'),
    text: (row) => typeName(t, locale, row),
    sortBy: (row) => typeName(t, locale, row),
  },
  ...countColumns(t, locale),
  ...estimateColumns(t, locale),
  {
    key: 'reason',
    title: t('testing.reason'),
    text: ({ reason }) => t(reasonKeys[reason]),
    sortBy: ({ reason }) => t(reasonKeys[reason]),
  },
]
