import type { OriginRiskRow } from '@guankou/contract/origin/risk.ts'
import { formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { formatCases, formatChance, formatSpan } from '#src/origins/format-risk.ts'

type RiskColumn = Column<OriginRiskRow>
export type RiskColumnsInput = { readonly t: TFunction; readonly locale: Locale }

/** Change of the last week against the one before, or null where a day is withheld or there is nothing to compare with. */
export const changeOfWeeks = ({ daily }: OriginRiskRow): number | null => {
  const sumOf = (days: readonly (number | null)[]): number | null =>
    days.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0)
  const before = sumOf(daily.slice(-14, -7))
  const now = sumOf(daily.slice(-7))
  return before === null || now === null || before === 0 ? null : now / before - 1
}

const arrivalColumns = ({ t, locale }: RiskColumnsInput): readonly RiskColumn[] => [
  {
    key: 'name',
    title: t('originsPage.name'),
    text: (row) => inLocale(row.name, locale),
    sortBy: (row) => inLocale(row.name, locale),
  },
  {
    key: 'code',
    title: t('originsPage.code'),
    text: (row) => String(row.originCode),
    sortBy: (row) => row.originCode,
  },
  {
    key: 'arrivals',
    title: t('originsPage.arrivals'),
    hint: t('originsPage.arrivalsHint'),
    numeric: true,
    text: ({ arrivals, daysWithheld }) => {
      if (arrivals === null) return t('originsPage.withheld')
      const told = formatNumber(locale, arrivals)
      return daysWithheld === 0 ? told : t('originsPage.atLeast', { people: told })
    },
    sortBy: (row) => row.arrivals,
  },
  {
    key: 'share',
    title: t('originsPage.share'),
    numeric: true,
    text: (row) => (row.share === null ? '—' : formatShare(locale, row.share)),
    sortBy: (row) => row.share,
  },
  {
    key: 'trend',
    title: t('originsPage.trend'),
    hint: t('originsPage.trendHint'),
    text: (row) =>
      row.daily.map((count) => (count === null ? t('originsPage.withheld') : String(count))).join(' '),
    sortBy: changeOfWeeks,
  },
]

const riskColumns = ({ t, locale }: RiskColumnsInput): readonly RiskColumn[] => {
  const span =
    (low: 'low50' | 'low90', high: 'high50' | 'high90') =>
    ({ risk }: OriginRiskRow): string =>
      risk === null ? '—' : formatSpan(locale, risk[low], risk[high])
  return [
    {
      key: 'expected',
      title: t('originsPage.expected'),
      hint: t('originsPage.expectedHint'),
      numeric: true,
      text: ({ risk }) => (risk === null ? '—' : formatCases(locale, risk.expected)),
      sortBy: ({ risk }) => risk?.expected ?? null,
    },
    { key: 'half', title: t('originsPage.interval50'), numeric: true, text: span('low50', 'high50') },
    { key: 'ninety', title: t('originsPage.interval90'), numeric: true, text: span('low90', 'high90') },
    {
      key: 'chance',
      title: t('originsPage.chance'),
      hint: t('originsPage.chanceHint'),
      numeric: true,
      text: ({ risk }) => (risk === null ? '—' : formatChance(locale, risk.pAtLeastOne)),
      sortBy: ({ risk }) => risk?.pAtLeastOne ?? null,
    },
    {
      key: 'fairness',
      title: t('originsPage.fairness'),
      hint: t('originsPage.fairnessHint'),
      text: ({ fairness }) => (fairness === null ? '' : t(`originsPage.verdict.${fairness.verdict}`)),
      sortBy: ({ fairness }) => (fairness === null ? null : fairness.verdict),
    },
  ]
}

/** The columns of the table of origins; what they show is what is exported. */
export const originRiskColumns = (input: RiskColumnsInput): readonly RiskColumn[] => [
  ...arrivalColumns(input),
  ...riskColumns(input),
]
