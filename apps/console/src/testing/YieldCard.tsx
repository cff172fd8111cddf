import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { PostYield, TestingEvidence } from '@guankou/contract/testing/allocation.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { Figure } from '#src/testing/Figure.tsx'
import { amount, intervalText } from '#src/testing/numbers.ts'
import { methodKeys, yieldVerdictKeys } from '#src/testing/words.ts'

type Props = { readonly evidence: TestingEvidence; readonly posts: readonly Post[] }
type Told = 'screenedPerFinding' | 'minutesPerFinding' | 'missed'

const titles: Readonly<Record<Told, string>> = {
  screenedPerFinding: 'testing.perFinding',
  minutesPerFinding: 'testing.minutesPerFinding',
  missed: 'testing.missed',
}

/** Value and interval in words: a lower bound alone where nothing was found. */
const toldText = (t: TFunction, locale: Locale, of: FigureInterval | null): string => {
  if (of === null) return '—'
  const format = (value: number) => amount(locale, value)
  const interval = intervalText(t, of, format)
  if (of.value === null) return interval ?? '—'
  return interval === undefined ? format(of.value) : `${format(of.value)} (${interval})`
}

const columnsOf = (t: TFunction, locale: Locale, posts: readonly Post[]): readonly Column<PostYield>[] => {
  const nameOf = ({ postId }: PostYield) => {
    const post = posts.find(({ id }) => id === postId)
    return post === undefined ? String(postId) : inLocale(post.name, locale)
  }
  const count = (key: 'screened' | 'findings', title: string): Column<PostYield> => ({
    key,
    title,
    numeric: true,
    text: (row) => (row[key] === null ? t('testing.withheld') : formatNumber(locale, row[key])),
    sortBy: (row) => row[key],
  })
  const told = (key: Told): Column<PostYield> => ({
    key,
    title: t(titles[key]),
    numeric: true,
    text: (row) => toldText(t, locale, row[key]),
    sortBy: (row) => row[key]?.value ?? row[key]?.low ?? null,
  })
  return [
    { key: 'post', title: t('testing.post'), text: nameOf, sortBy: nameOf },
    {
      key: 'method',
      title: t('testing.method'),
      text: ({ method }) => t(methodKeys[method]),
      sortBy: ({ method }) => method,
    },
    count('screened', t('testing.screened')),
    count('findings', t('testing.findings')),
    told('screenedPerFinding'),
    told('minutesPerFinding'),
    told('missed'),
    {
      key: 'verdict',
      title: t('testing.yieldVerdict'),
      text: ({ verdict }) => (verdict === null ? t('testing.undecided') : t(yieldVerdictKeys[verdict])),
      sortBy: ({ verdict }) => verdict,
    },
  ]
}

const useCells = ({ stamps }: TestingEvidence, columns: readonly Column<PostYield>[]) => {
  const locale = useLocale()
  return (column: Column<PostYield>, row: PostYield) => {
    if (column.key === 'verdict')
      return row.verdict === 'costs-more' ? (
        <StatusPill state="look">{column.text(row)}</StatusPill>
      ) : undefined
    if (stamps === null) return undefined
    const name = `${column.title}, ${columns[0]?.text(row) ?? ''}, ${columns[1]?.text(row) ?? ''}`
    const figure = (stamp: keyof typeof stamps, of: FigureInterval | null) =>
      of === null ? undefined : (
        <Figure
          stamp={stamps[stamp]}
          note="yield"
          name={name}
          value={of.value}
          text={of.value === null ? '' : amount(locale, of.value)}
          interval={{ of, format: (value) => amount(locale, value) }}
        />
      )
    if ((column.key === 'screened' || column.key === 'findings') && row[column.key] !== null)
      return (
        <Figure
          stamp={stamps.screened}
          note="yield"
          name={name}
          value={row[column.key]}
          text={column.text(row)}
        />
      )
    if (column.key === 'screenedPerFinding') return figure('perFinding', row.screenedPerFinding)
    if (column.key === 'minutesPerFinding') return figure('minutesPerFinding', row.minutesPerFinding)
    return column.key === 'missed' ? figure('missed', row.missed) : undefined
  }
}

/** What each post and method finds for its cost, and whom it misses. */
export const YieldCard = ({ evidence, posts }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const [sort, setSort] = useState('post')
  const columns = columnsOf(t, locale, posts)
  const rows = sortRows(evidence.yields, columns, sort, localeTag[locale])
  const draw = useCells(evidence, columns)
  const costly = rows.filter(({ verdict }) => verdict === 'costs-more').length
  const save = () =>
    saveFile(`screening-yield-${evidence.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return (
    <Card
      title={t('testing.yield')}
      className="table-card testing-tall"
      note={t('testing.fairnessNote', { days: evidence.windowDays })}
      controls={
        <button type="button" className="quiet-button" title={t('testing.exportHint')} onClick={save}>
          {t('testing.export')}
        </button>
      }
    >
      {costly === 0 ? null : (
        <p>
          <StatusPill state="look">{t('testing.costsMore', { count: costly })}</StatusPill>
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t('testing.noYield')} />
      ) : (
        <DataTable
          label={t('testing.yield')}
          columns={columns}
          rows={rows}
          rowKey={({ postId, method }) => `${postId}|${method}`}
          sort={sort}
          onSort={setSort}
          draw={draw}
        />
      )}
    </Card>
  )
}
