import type { OriginRisk, OriginRiskRow } from '@guankou/contract/origin/risk.ts'
import { chinaProvinces } from '@guankou/geodata/boundaries/china-provinces.generated.ts'
import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import type { Position } from '@guankou/geodata/boundaries/outline.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { enterAt, type FlowLine, toFlowLines, widestPixels } from '@guankou/ui/maps/flows.ts'
import { originsOption } from '@guankou/ui/maps/origins-option.ts'
import { registerOutline } from '@guankou/ui/maps/register-outline.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { formatCases } from '#src/origins/format-risk.ts'

const mapName = 'china'
registerOutline(mapName, chinaProvinces.features)

/** Mainland, islands and the near seas; people from further away come in at the edge. */
const bounds = { west: 73, east: 136, south: 17.5, north: 54 }
const named = 8
/** Nearer than this an origin lies under the city’s own dot. */
const nearDegrees = 1.6

export type Measure = 'expected' | 'arrivals'

const measureOf = (row: OriginRiskRow, measure: Measure): number | null =>
  measure === 'arrivals' ? row.arrivals : (row.risk?.expected ?? null)

const isFar = (from: Position, to: Position): boolean =>
  Math.hypot(from[0] - to[0], from[1] - to[1]) > nearDegrees

/** Lines of the far origins; what a line stands for is in `travellers`, whichever measure it is. */
const linesOf = (
  origins: readonly OriginRiskRow[],
  measure: Measure,
  area: number,
  locale: Locale,
): readonly FlowLine[] => {
  const destination = originPoint(area) ?? originPoint(Math.floor(area / 100) * 100)
  if (destination === undefined) return []
  const placed = origins.flatMap((row) => {
    const value = measureOf(row, measure)
    const point = originPoint(row.originCode)
    if (value === null || value <= 0 || point === undefined || !isFar(point, destination)) return []
    return [{ code: row.originCode, name: inLocale(row.name, locale), travellers: value, share: null }]
  })
  return toFlowLines(placed, originPoint, destination).map((line) => ({
    ...line,
    from: enterAt(line.from, line.to, bounds),
  }))
}

const Legend = ({ most, text }: { readonly most: number; readonly text: (value: number) => string }) => {
  const { t } = useTranslation()
  const steps = [most, most / 3, most / 10]
  return (
    <ul className="width-legend" aria-label={t('originsPage.legend')}>
      {steps.map((value) => (
        <li key={value}>
          <svg width={26} height={12} aria-hidden="true">
            <line
              className="legend-line"
              x1={1}
              x2={25}
              y1={6}
              y2={6}
              strokeWidth={most <= 0 ? 1 : Math.max(1, (widestPixels * value) / most)}
            />
          </svg>
          {text(value)}
        </li>
      ))}
    </ul>
  )
}

export type OriginRiskMapProps = {
  readonly risk: OriginRisk
  readonly area: number
  readonly measure: Measure
}

/** Lines over land from each origin to the area, as wide as their arrivals or the cases to expect are many. */
export const OriginRiskMap = ({ risk, area, measure }: OriginRiskMapProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const flows = useMemo(
    () => linesOf(risk.origins, measure, area, locale),
    [risk.origins, measure, area, locale],
  )
  const words = useMemo(() => {
    const text = (value: number): string =>
      measure === 'arrivals'
        ? formatQuantity(locale, Math.round(value), 'person')
        : t('originsPage.cases', { cases: formatCases(locale, value) })
    return { text, line: (line: FlowLine) => `${line.name} ${text(line.travellers)}` }
  }, [t, locale, measure])
  const option = useMemo(
    () =>
      originsOption(
        { mapName, bounds, flows, named, words: { flow: words.line, label: words.line } },
        tokens,
      ),
    [flows, words, tokens],
  )
  const first = new Intl.ListFormat(locale).format(flows.slice(0, 3).map(({ name }) => name))
  return (
    <div className="origins-table">
      <Chart
        option={option}
        summary={t('originsPage.mapSummary', { count: flows.length, names: first })}
        className="chart map"
      />
      <Legend most={flows[0]?.travellers ?? 0} text={words.text} />
      <p className="card-foot">{t('originsPage.mapFoot')}</p>
    </div>
  )
}
