import type { OriginRisk, OriginRiskRow } from '@guankou/contract/origin/risk.ts'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { inLocale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type Column, sortRows, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { FairnessNote } from '#src/origins/FairnessNote.tsx'
import { intervalOf } from '#src/origins/format-risk.ts'
import { IntervalBar } from '#src/origins/IntervalBar.tsx'
import { originRiskColumns } from '#src/origins/origin-risk-columns.ts'
import { Trend } from '#src/origins/Trend.tsx'
import { useNotes } from '#src/origins/use-notes.ts'

export type OriginRiskTableProps = {
  readonly risk: OriginRisk
  readonly timeZone: string
  readonly sort: string | undefined
  readonly onSort: (sort: string) => void
  readonly onOrigin: (origin: number) => void
}

/** Columns and rows in the order on show, and the way to save just these. */
export const useRiskRows = (risk: OriginRisk, sort: string | undefined, area: number) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useMemo(() => originRiskColumns({ t, locale }), [t, locale])
  const rows = useMemo(
    () => sortRows(risk.origins, columns, sort, localeTag[locale]),
    [risk.origins, columns, sort, locale],
  )
  const save = (): void =>
    saveFile(`origin-risk-${area}-${risk.day}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  return { columns, rows, save }
}

/** The width that all bars share: the largest upper end, so that they can be compared. */
const widest = (origins: readonly OriginRiskRow[]): number =>
  Math.max(0, ...origins.map(({ risk }) => risk?.high90 ?? 0))

/** Draws what the model said of an origin: the expectation, its interval and the chance. */
const useRiskCells = ({ risk, timeZone }: Pick<OriginRiskTableProps, 'risk' | 'timeZone'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const notes = useNotes()
  const most = widest(risk.origins)
  const { stamp } = risk
  return (column: Column<OriginRiskRow>, row: OriginRiskRow): ReactNode | undefined => {
    if (row.risk === null || stamp === null) return undefined
    const name = inLocale(row.name, locale)
    const shared = { timeZone, note: notes.risk, isIntervalShown: false }
    if (column.key === 'ninety')
      return (
        <span className="interval-cell">
          <IntervalBar risk={row.risk} most={most} />
          <span>{column.text(row)}</span>
        </span>
      )
    if (column.key === 'expected')
      return (
        <ModelFigure
          {...shared}
          stamp={stamp}
          name={t('originsPage.expectedOf', { origin: name })}
          text={column.text(row)}
          value={row.risk.expected}
          interval={intervalOf(locale, row.risk)}
        />
      )
    if (column.key !== 'chance') return undefined
    return (
      <ModelFigure
        {...shared}
        stamp={{ ...stamp, unit: 'probability' }}
        name={t('originsPage.chanceOf', { origin: name })}
        text={column.text(row)}
        value={row.risk.pAtLeastOne}
      />
    )
  }
}

const useCells = ({ risk, timeZone, onOrigin }: OriginRiskTableProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const riskCell = useRiskCells({ risk, timeZone })
  return (column: Column<OriginRiskRow>, row: OriginRiskRow): ReactNode | undefined => {
    const name = inLocale(row.name, locale)
    if (column.key === 'name')
      return (
        <button
          type="button"
          className="link-button"
          title={t('originsPage.open', { origin: name })}
          onClick={() => onOrigin(row.originCode)}
        >
          {name}
        </button>
      )
    if (column.key === 'trend')
      return (
        <Trend
          daily={row.daily}
          label={t('originsPage.trendOf', { origin: name, counts: column.text(row) })}
        />
      )
    if (column.key === 'fairness' && row.fairness !== null)
      return <FairnessNote fairness={row.fairness} name={name} counted={risk} timeZone={timeZone} />
    return riskCell(column, row)
  }
}

/** Every origin that may be named, with arrivals, risk and what the counts say of the rules about it. */
export const OriginRiskTable = (
  props: OriginRiskTableProps & Pick<ReturnType<typeof useRiskRows>, 'columns' | 'rows'>,
) => {
  const { t } = useTranslation()
  const draw = useCells(props)
  return (
    <div className="origins-table">
      <DataTable
        label={t('originsPage.title')}
        columns={props.columns}
        rows={props.rows}
        rowKey={(row) => row.originCode}
        sort={props.sort ?? '-expected'}
        onSort={props.onSort}
        draw={draw}
      />
      <p className="card-foot">{t('originsPage.privacy', { threshold: props.risk.smallCountThreshold })}</p>
    </div>
  )
}
