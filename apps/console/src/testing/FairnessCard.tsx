import type { TestingEvidence, TypeEvidence } from '@guankou/contract/testing/allocation.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { IntervalBar } from '@guankou/ui/figures/IntervalBar.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { Figure } from '#src/testing/Figure.tsx'
import { intervalText, smallShare } from '#src/testing/numbers.ts'
import { typeName } from '#src/testing/type-columns.ts'
import { verdictKeys } from '#src/testing/words.ts'

const columnsOf = (t: TFunction, locale: Locale): readonly Column<TypeEvidence>[] => {
  const share = (value: number) => smallShare(locale, value)
  const withInterval = (of: TypeEvidence['positivity']) =>
    of === null ? t('testing.withheld') : `${share(of.value ?? 0)} (${intervalText(t, of, share) ?? ''})`
  const count = (key: 'tested' | 'positives', title: string): Column<TypeEvidence> => ({
    key,
    title,
    numeric: true,
    text: (row) => (row[key] === null ? t('testing.withheld') : formatNumber(locale, row[key])),
    sortBy: (row) => row[key],
  })
  return [
    {
      key: 'origin',
      title: t('testing.origin'),
      text: (row) => typeName(t, locale, row),
      sortBy: (row) => typeName(t, locale, row),
    },
    count('tested', t('testing.tested')),
    count('positives', t('testing.positives')),
    {
      key: 'positivity',
      title: t('testing.positivity'),
      numeric: true,
      text: ({ tested, positivity }) => (tested === 0 ? '—' : withInterval(positivity)),
      sortBy: ({ positivity }) => positivity?.value ?? null,
    },
    {
      key: 'prevalence',
      title: t('testing.prevalence'),
      numeric: true,
      text: ({ prevalence }) => withInterval(prevalence),
      sortBy: ({ prevalence }) => prevalence.value,
    },
    {
      key: 'rule',
      title: t('testing.rule'),
      text: ({ isSingledOut }) => (isSingledOut ? t('testing.ruled') : '—'),
    },
    {
      key: 'verdict',
      title: t('testing.verdict'),
      text: ({ verdict }) => t(verdictKeys[verdict]),
      sortBy: ({ isWarned, verdict }) => `${isWarned ? 0 : 1}${verdict}`,
    },
  ]
}

const useCells = ({ stamps }: TestingEvidence, most: number) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const share = (value: number) => smallShare(locale, value)
  return (column: Column<TypeEvidence>, row: TypeEvidence) => {
    if (column.key === 'verdict')
      return row.isWarned ? <StatusPill state="look">{column.text(row)}</StatusPill> : undefined
    if (stamps === null) return undefined
    const shared = { name: `${column.title}, ${typeName(t, locale, row)}`, text: column.text(row) }
    const { tested, positives, positivity, prevalence } = row
    if (column.key === 'tested' && tested !== null)
      return <Figure {...shared} stamp={stamps.tested} note="positivity" value={tested} />
    if (column.key === 'positives' && positives !== null)
      return <Figure {...shared} stamp={stamps.tested} note="positivity" value={positives} />
    const measured = tested === 0 ? null : positivity
    const of = column.key === 'positivity' ? measured : column.key === 'prevalence' ? prevalence : null
    if (of === null) return undefined
    return (
      <span className="with-bar">
        <Figure
          {...shared}
          text={share(of.value ?? 0)}
          stamp={stamps.positivity}
          note={column.key === 'positivity' ? 'positivity' : 'prevalence'}
          value={of.value}
          interval={{ of, format: share }}
        />
        <IntervalBar of={of} most={most} />
      </span>
    )
  }
}

/** What tests found by origin, and beside each rule that names one whether the counts support it. */
export const FairnessCard = ({ evidence }: { readonly evidence: TestingEvidence }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const [sort, setSort] = useState('-prevalence')
  const columns = columnsOf(t, locale)
  const rows = sortRows(evidence.types, columns, sort, localeTag[locale])
  const most = Math.max(...rows.map(({ prevalence }) => prevalence.high ?? 0))
  const draw = useCells(evidence, most)
  const warned = rows.filter(({ isWarned }) => isWarned).length
  const save = () =>
    saveFile(`testing-origins-${evidence.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return (
    <Card
      title={t('testing.fairness')}
      className="table-card testing-tall"
      note={t('testing.fairnessNote', { days: evidence.windowDays })}
      controls={
        <button type="button" className="quiet-button" title={t('testing.exportHint')} onClick={save}>
          {t('testing.export')}
        </button>
      }
    >
      {warned === 0 ? null : (
        <p>
          <StatusPill state="look">{t('testing.warned', { count: warned })}</StatusPill>
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t('testing.noEvidence')} />
      ) : (
        <DataTable
          label={t('testing.fairness')}
          columns={columns}
          rows={rows}
          rowKey={({ originCode, declared }) => `${originCode}|${declared}`}
          sort={sort}
          onSort={setSort}
          draw={draw}
        />
      )}
      {rows.length === 0 ? null : (
        <p className="card-foot">{t('testing.privacy', { most: evidence.smallCountThreshold - 1 })}</p>
      )}
    </Card>
  )
}
