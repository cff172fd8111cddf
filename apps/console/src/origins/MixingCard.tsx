import type { OriginMixing } from '@guankou/contract/origin/risk.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { formatToldChange, formatToldShare } from '#src/origins/format-risk.ts'
import { useNotes } from '#src/origins/use-notes.ts'

type Region = OriginMixing['regions'][number]

/** What the last leg alone would miss, as a share of all arrivals. */
const differenceOf = ({ estimated, lastLeg }: Region): number => (estimated.value ?? 0) - lastLeg

const spanOf = (locale: Locale, { estimated: { low, high } }: Region): string =>
  `${formatToldShare(locale, low ?? 0)}–${formatToldShare(locale, high ?? 0)}`

const useColumns = (): readonly Column<Region>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    {
      key: 'region',
      title: t('originsPage.region'),
      text: ({ name }) => inLocale(name, locale),
      sortBy: ({ name }) => inLocale(name, locale),
    },
    {
      key: 'lastLeg',
      title: t('originsPage.lastLeg'),
      numeric: true,
      text: ({ lastLeg }) => formatToldShare(locale, lastLeg),
      sortBy: ({ lastLeg }) => lastLeg,
    },
    {
      key: 'declared',
      title: t('originsPage.declared'),
      numeric: true,
      text: ({ declared }) =>
        declared === null ? t('originsPage.withheld') : formatNumber(locale, declared),
      sortBy: ({ declared }) => declared,
    },
    {
      key: 'estimated',
      title: t('originsPage.estimated'),
      numeric: true,
      text: (row) => `${formatToldShare(locale, row.estimated.value ?? 0)} (${spanOf(locale, row)})`,
      sortBy: ({ estimated }) => estimated.value,
    },
    {
      key: 'difference',
      title: t('originsPage.difference'),
      hint: t('originsPage.differenceHint'),
      numeric: true,
      text: ({ estimated, lastLeg }) => formatToldChange(locale, [estimated.value ?? 0, lastLeg]),
      sortBy: differenceOf,
    },
  ]
}

type MixingProps = { readonly mixing: OriginMixing; readonly timeZone: string }

type RegionsProps = {
  readonly regions: readonly Region[]
  readonly stamp: NonNullable<OriginMixing['stamp']>
  readonly timeZone: string
}

const Regions = ({ regions, stamp, timeZone }: RegionsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const notes = useNotes()
  const columns = useColumns()
  const [sort, setSort] = useState('-difference')
  return (
    <DataTable
      label={t('originsPage.mixingTitle')}
      columns={columns}
      rows={sortRows(regions, columns, sort, localeTag[locale])}
      sort={sort}
      onSort={setSort}
      rowKey={({ regionCode }) => regionCode}
      draw={(column, row) =>
        column.key === 'estimated' ? (
          <ModelFigure
            stamp={stamp}
            name={t('originsPage.estimatedOf', { region: inLocale(row.name, locale) })}
            text={column.text(row)}
            value={row.estimated.value}
            interval={{ text: spanOf(locale, row), of: row.estimated }}
            isIntervalShown={false}
            timeZone={timeZone}
            note={notes.mixing}
          />
        ) : undefined
      }
    />
  )
}

/** How the region of exposure differs from where the last leg began. */
export const MixingCard = ({ mixing, timeZone }: MixingProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { stamp, regions } = mixing
  return (
    <Card title={t('originsPage.mixingTitle')} className="origin-mixing">
      <p className="muted">{t('originsPage.mixingLead')}</p>
      {stamp === null || regions.length === 0 ? (
        <EmptyState title={t('originsPage.noResult')} />
      ) : (
        <>
          <Regions regions={regions} stamp={stamp} timeZone={timeZone} />
          <p className="card-foot">
            {t('originsPage.nothingDeclared', {
              people: formatQuantity(locale, mixing.nothingDeclared, 'person'),
            })}
          </p>
        </>
      )}
    </Card>
  )
}
