import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import { doorOutcomeNames } from '@guankou/contract/households/vocabulary.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { cellStanding } from '@guankou/domain/households/coverage.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber, formatShare } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { CoverageMap } from '#src/households/CoverageMap.tsx'
import {
  type CoveredCell,
  figureStates,
  mostBehindFirst,
  percentText,
} from '#src/households/coverage-marks.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

const useColumns = (teams: CoverageBoard['teams']): readonly Column<CoveredCell>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const count = (key: 'due' | 'overdue' | 'triedToday' | 'completeToday', title: string) => ({
    key,
    title,
    numeric: true,
    text: (cell: CoveredCell) => formatNumber(locale, cell[key]),
  })
  return [
    { key: 'cell', title: t('rounds.cell'), text: ({ name }) => inLocale(name, locale) },
    {
      key: 'standing',
      title: t('rounds.standingIs'),
      text: (cell) => t(`rounds.standing.${cellStanding(cell)}`),
    },
    { key: 'share', title: t('rounds.share'), numeric: true, text: percentText },
    count('completeToday', t('rounds.completeToday')),
    count('due', t('rounds.due')),
    count('overdue', t('rounds.overdue')),
    count('triedToday', t('rounds.triedToday')),
    {
      key: 'known',
      title: t('rounds.known'),
      numeric: true,
      hint: t('rounds.knownHint'),
      text: ({ doors, households }) => `${formatNumber(locale, doors)} / ${formatNumber(locale, households)}`,
    },
    {
      key: 'outcomes',
      title: t('rounds.outcomes'),
      text: ({ outcomes }) =>
        outcomes
          .map(({ outcome, doors }) => `${inLocale(doorOutcomeNames[outcome], locale)} ${doors}`)
          .join(' · '),
    },
    {
      key: 'teams',
      title: t('rounds.teams'),
      text: ({ teamIds, jurisdiction }) =>
        teams
          .filter((team) => team.jurisdiction === jurisdiction && teamIds.includes(team.id))
          .map(({ name }) => inLocale(name, locale))
          .join(' · '),
    },
  ]
}

const CoverageTable = ({ board }: { readonly board: CoverageBoard }) => {
  const { t } = useTranslation()
  const { view, change } = useRoundsView()
  const columns = useColumns(board.teams)
  return (
    <DataTable
      label={t('rounds.coverage')}
      columns={columns}
      rows={mostBehindFirst(board.gridCells)}
      rowKey={({ gridCellId }) => gridCellId}
      draw={({ key, text }, cell) => {
        if (key === 'standing')
          return <StatusPill state={figureStates[cellStanding(cell)]}>{text(cell)}</StatusPill>
        if (key !== 'cell') return undefined
        const isChosen = view.cell === cell.gridCellId
        return (
          <button
            type="button"
            className="link-button"
            aria-pressed={isChosen}
            onClick={() => change({ cell: isChosen ? undefined : cell.gridCellId })}
          >
            {text(cell)}
          </button>
        )
      }}
    />
  )
}

type Props = { readonly board: CoverageBoard; readonly area: Jurisdiction }

/** The figures of all cells together, or of the one that is chosen. */
const Totals = ({ board, area }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useRoundsView()
  const chosen = board.gridCells.find(({ gridCellId }) => gridCellId === view.cell)
  const cells = chosen === undefined ? board.gridCells : [chosen]
  const sum = (key: 'doors' | 'households' | 'due' | 'overdue' | 'triedToday' | 'completeToday') =>
    cells.reduce((total, cell) => total + cell[key], 0)
  const households = sum('households')
  const known = households === 0 ? '' : ` (${formatShare(locale, sum('doors') / households, 1)})`
  const figures = [
    ['overdue', t('rounds.overdue'), formatNumber(locale, sum('overdue'))],
    ['due', t('rounds.due'), formatNumber(locale, sum('due'))],
    ['completeToday', t('rounds.completeToday'), formatNumber(locale, sum('completeToday'))],
    ['triedToday', t('rounds.triedToday'), formatNumber(locale, sum('triedToday'))],
    [
      'known',
      t('rounds.known'),
      `${formatNumber(locale, sum('doors'))} / ${formatNumber(locale, households)}${known}`,
    ],
  ] as const
  return (
    <section aria-label={t('rounds.totals')} className="rounds-totals">
      <p aria-live="polite">
        {inLocale(area.name, locale)} ·{' '}
        {chosen === undefined ? t('rounds.allCells') : inLocale(chosen.name, locale)}{' '}
        {chosen === undefined ? null : (
          <button type="button" className="link-button" onClick={() => change({ cell: undefined })}>
            {t('rounds.showAll')}
          </button>
        )}
      </p>
      <dl>
        {figures.map(([key, name, text]) => (
          <div key={key} data-figure={key}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** How far each grid cell has come, on the map or as a table. */
export const CoverageCard = ({ board, area }: Props) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const { view, change } = useRoundsView()
  const shown = view.view ?? 'map'
  return (
    <Card
      title={t('rounds.coverage')}
      note={t('rounds.asOf', { time: formatInstant(board.asOf, timeZone).slice(5, 19) })}
      controls={
        <ViewSwitch
          name={t('ui:viewOf', { name: t('rounds.coverage') })}
          value={shown}
          views={[
            { value: 'map', label: t('ui:showMap') },
            { value: 'table', label: t('ui:showTable') },
          ]}
          onChange={(next) => change({ view: next === 'map' ? undefined : next })}
        />
      }
    >
      {board.gridCells.length === 0 ? (
        <EmptyState title={t('rounds.noCells')}>{t('rounds.noCellsText')}</EmptyState>
      ) : (
        <>
          <Totals board={board} area={area} />
          {shown === 'map' ? <CoverageMap board={board} area={area.code} /> : <CoverageTable board={board} />}
        </>
      )}
    </Card>
  )
}
