import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import type { CoveredCell } from '#src/households/coverage-marks.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { Ticks } from '#src/quarantine/fields.tsx'

/** Grid cells to choose from, each with the doors that are known in it. */
export const CellTicks = ({
  cells,
  chosen,
  onChange,
}: {
  readonly cells: readonly CoveredCell[]
  readonly chosen: readonly number[]
  readonly onChange: (ids: readonly number[]) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Ticks
      label={t('rounds.cells')}
      choices={cells
        .toSorted((a, b) => a.gridCellId - b.gridCellId)
        .map(({ gridCellId, name, doors }) => ({
          value: String(gridCellId),
          label: t('rounds.cellWithDoors', {
            cell: inLocale(name, locale),
            doors: formatNumber(locale, doors),
          }),
        }))}
      chosen={chosen.map(String)}
      onChange={(ids) => onChange(ids.map(Number))}
    />
  )
}
