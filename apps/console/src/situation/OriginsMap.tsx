import type { SituationOrigins } from '@guankou/contract/situation/endpoints.ts'
import { chinaProvinces } from '@guankou/geodata/boundaries/china-provinces.generated.ts'
import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import type { Position } from '@guankou/geodata/boundaries/outline.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { formatQuantity, formatShare } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { enterAt, type FlowLine, toFlowLines } from '@guankou/ui/maps/flows.ts'
import { originsOption } from '@guankou/ui/maps/origins-option.ts'
import { registerOutline } from '@guankou/ui/maps/register-outline.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

const mapName = 'china'
registerOutline(mapName, chinaProvinces.features)

/** Mainland, islands and the near seas; people from further away come in at the edge. */
const bounds = { west: 73, east: 136, south: 17.5, north: 54 }
const named = 8

/** Origins nearer than this lie under the city's own dot; the city map shows them, and here they would dwarf the rest. */
const nearDegrees = 1.6

const isFar = (from: Position, to: Position): boolean =>
  Math.hypot(from[0] - to[0], from[1] - to[1]) > nearDegrees

const farFlows = (origins: SituationOrigins, area: number, locale: Locale): readonly FlowLine[] => {
  const destination = originPoint(area) ?? originPoint(Math.floor(area / 100) * 100)
  if (destination === undefined) return []
  const placed = origins.origins.flatMap(({ originCode, name, travellers, share }) =>
    travellers === null || !isFar(originPoint(originCode) ?? destination, destination)
      ? []
      : [{ code: originCode, name: inLocale(name, locale), travellers, share }],
  )
  return toFlowLines(placed, originPoint, destination).map((line) => ({
    ...line,
    from: enterAt(line.from, line.to, bounds),
  }))
}

const useWords = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  return useMemo(() => {
    const people = (line: FlowLine) => formatQuantity(locale, line.travellers, 'person')
    const share = (line: FlowLine) => formatShare(locale, line.share ?? 0)
    return {
      flow: (line: FlowLine) =>
        t('city.flowHint', { origin: line.name, people: people(line), share: share(line) }),
      label: (line: FlowLine) => t('origins.lineLabel', { origin: line.name, people: people(line) }),
    }
  }, [t, locale])
}

type OriginsMapProps = { readonly origins: SituationOrigins; readonly area: number }

/** Lines over land from each origin to the area, as wide as their people are many. */
export const OriginsMap = ({ origins, area }: OriginsMapProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const words = useWords()
  const option = useMemo(
    () => originsOption({ mapName, bounds, flows: farFlows(origins, area, locale), named, words }, tokens),
    [origins, area, locale, words, tokens],
  )
  const first = new Intl.ListFormat(locale).format(
    origins.origins.slice(0, 3).map((origin) => inLocale(origin.name, locale)),
  )
  return (
    <div className="origins-table">
      <Chart
        option={option}
        summary={t('origins.summary', { count: origins.origins.length, names: first })}
        className="chart map"
      />
      <p className="card-foot">{t('origins.far')}</p>
    </div>
  )
}
