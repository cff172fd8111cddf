import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import { cellStanding } from '@guankou/domain/households/coverage.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { boundsAround, boundsOfAspect } from '@guankou/ui/maps/bounds.ts'
import { type CellMark, cellOption } from '@guankou/ui/maps/cell-option.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import {
  markStates,
  type PlacedCell,
  percentText,
  placedCells,
  shortName,
  standingSigns,
} from '#src/households/coverage-marks.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { useAspect } from '#src/layout/use-aspect.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { cityMapName, districtNames, neighbourRegions } from '#src/situation/city-map.ts'

const insets = { top: 16, bottom: 16, side: 12 }
const wholeCity = { west: 113.05, east: 113.7, south: 21.95, north: 22.45 }

const useMarks = (cells: readonly PlacedCell[], chosen: number | undefined): readonly CellMark[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return useMemo(
    () =>
      cells.map((cell): CellMark => {
        const name = inLocale(cell.name, locale)
        const standing = cellStanding(cell)
        const percent = percentText(cell)
        return {
          id: cell.gridCellId,
          longitude: cell.longitude,
          latitude: cell.latitude,
          illustrative: cell.illustrative,
          state: markStates[standing],
          chosen: cell.gridCellId === chosen,
          label: `${shortName(name, cell.gridCellId)} ${standingSigns[standing]} ${percent}`.trim(),
          hint: [
            name,
            t(`rounds.standing.${standing}`),
            t('rounds.cellWork', {
              complete: cell.completeToday,
              due: cell.due,
              overdue: cell.overdue,
            }),
          ].join('\n'),
        }
      }),
    [cells, chosen, locale, t],
  )
}

const Legend = () => {
  const { t } = useTranslation()
  return (
    <ul className="cell-legend">
      {(['done', 'under-way', 'overdue', 'idle'] as const).map((standing) => (
        <li key={standing}>
          <span aria-hidden="true">{standingSigns[standing]}</span>{' '}
          <span className={`swatch swatch-${markStates[standing]}`}>{t(`rounds.standing.${standing}`)}</span>
        </li>
      ))}
      <li>{t('rounds.legendOpen')}</li>
    </ul>
  )
}

/** Grid cells where they lie, by how far they have come; the table tells the same. */
export const CoverageMap = ({ board, area }: { readonly board: CoverageBoard; readonly area: number }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const { view, change } = useRoundsView()
  const places = useQuery(placesQuery).data?.gridCells
  const cells = useMemo(() => placedCells(board.gridCells, places ?? []), [board, places])
  const marks = useMarks(cells, view.cell)
  const [box, aspect] = useAspect(insets)
  const option = useMemo(() => {
    const bounds = boundsOfAspect(boundsAround(marks, 0.14, 0.03) ?? wholeCity, aspect)
    const districts = districtNames(area, locale)
    return cellOption(
      { mapName: cityMapName, bounds, insets, marks, districts, neighbours: neighbourRegions },
      tokens,
    )
  }, [marks, aspect, area, locale, tokens])
  const missing = board.gridCells.length - cells.length
  const counted = (state: CellMark['state']) => marks.filter((mark) => mark.state === state).length
  return (
    <>
      <div className="cell-map" ref={box}>
        <Chart
          option={option}
          summary={t('rounds.mapSummary', {
            count: marks.length,
            overdue: counted('act'),
            underWay: counted('look'),
            done: counted('well'),
          })}
          onPick={(cell) => change({ cell: view.cell === cell ? undefined : cell })}
        />
      </div>
      <Legend />
      {missing === 0 ? null : <p className="muted">{t('rounds.unplaced', { count: missing })}</p>}
    </>
  )
}
