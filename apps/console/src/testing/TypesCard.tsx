import type { Post } from '@guankou/contract/places/place.ts'
import type {
  PostAllocation,
  TestingAllocation,
  TypeAllocation,
} from '@guankou/contract/testing/allocation.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { IntervalBar } from '@guankou/ui/figures/IntervalBar.tsx'
import { inLocale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useReturnFocus } from '#src/layout/use-return-focus.ts'
import { Figure } from '#src/testing/Figure.tsx'
import { smallShare } from '#src/testing/numbers.ts'
import { typeColumns, typeName } from '#src/testing/type-columns.ts'

type Props = {
  readonly post: Post
  readonly allocated: PostAllocation
  readonly allocation: TestingAllocation
  readonly onClose: () => void
}

const keyOf = ({ originCode, declared }: TypeAllocation): string => `${originCode}|${declared}`

/** Draws the numbers with what stands behind them, and the interval as a bar. */
const useCells = ({ stamps }: TestingAllocation, most: number) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const share = (value: number) => smallShare(locale, value)
  return (column: Column<TypeAllocation>, row: TypeAllocation) => {
    const shared = { name: `${column.title}, ${typeName(t, locale, row)}`, text: column.text(row) }
    if (stamps === null) return undefined
    if (column.key === 'tests')
      return <Figure {...shared} stamp={stamps.tests} note="tests" value={row.tests} />
    if (column.key === 'byLot')
      return <Figure {...shared} stamp={stamps.tests} note="tests" value={row.byLot} />
    if (column.key === 'arrivals')
      return <Figure {...shared} stamp={stamps.arrivals} note="arrivals" value={row.arrivals} />
    if (column.key === 'askedShare')
      return <Figure {...shared} stamp={stamps.share} note="share" value={row.askedShare} />
    if (column.key === 'worth')
      return <Figure {...shared} stamp={stamps.share} note="share" value={row.worth} />
    if (column.key !== 'prevalence') return undefined
    const { prevalence } = row
    return (
      <span className="with-bar">
        <Figure
          {...shared}
          text={share(prevalence.value ?? 0)}
          stamp={stamps.prevalence}
          note="prevalence"
          value={prevalence.value}
          interval={{ of: prevalence, format: share }}
        />
        <IntervalBar of={prevalence} most={most} />
      </span>
    )
  }
}

/** The types of travellers at one post, with tests and a reason for each. */
export const TypesCard = ({ post, allocated, allocation, onClose }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const [sort, setSort] = useState('-tests')
  const box = useRef<HTMLDivElement>(null)
  useReturnFocus()
  // The table that it was opened from fills the window: without this, nothing would seem to have happened.
  useEffect(() => box.current?.focus(), [])
  const columns = typeColumns(t, locale)
  const rows = sortRows(allocated.types, columns, sort, localeTag[locale])
  const most = Math.max(...rows.map(({ prevalence }) => prevalence.high ?? 0))
  const draw = useCells(allocation, most)
  const title = t('testing.types', { post: inLocale(post.name, locale) })
  const save = () =>
    saveFile(`testing-${post.id}-${allocation.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return (
    <div ref={box} tabIndex={-1} className="testing-opened">
      <Card
        title={title}
        className="testing-types"
        controls={
          <>
            <button type="button" className="quiet-button" title={t('testing.exportHint')} onClick={save}>
              {t('testing.export')}
            </button>
            <button type="button" className="quiet-button" onClick={onClose}>
              {t('testing.close')}
            </button>
          </>
        }
      >
        {rows.length === 0 ? (
          <EmptyState title={t('testing.noRun')}>{t('testing.noRunText')}</EmptyState>
        ) : (
          <DataTable
            label={title}
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            sort={sort}
            onSort={setSort}
            draw={draw}
          />
        )}
      </Card>
    </div>
  )
}
