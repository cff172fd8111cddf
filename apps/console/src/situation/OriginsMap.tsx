import type { SituationOrigins } from '@guankou/contract/situation/endpoints.ts'
import { chinaProvinces } from '@guankou/geodata/boundaries/china-provinces.generated.ts'
import { originPoint } from '@guankou/geodata/boundaries/origin-points.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { formatQuantity, formatShare } from '@guankou/ui/format/quantity.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
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
const named = 6

/** Lines over land from each origin to the area, as wide as their people are many. */
export const OriginsMap = ({
  origins,
  area,
}: {
  readonly origins: SituationOrigins
  readonly area: number
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const flows = useMemo(() => {
    const destination = originPoint(area) ?? originPoint(Math.floor(area / 100) * 100)
    if (destination === undefined) return []
    const placed = origins.origins.flatMap(({ originCode, name, travellers, share }) =>
      travellers === null ? [] : [{ code: originCode, name: inLocale(name, locale), travellers, share }],
    )
    return toFlowLines(placed, originPoint, destination).map((line) => ({
      ...line,
      from: enterAt(line.from, line.to, bounds),
    }))
  }, [origins, area, locale])

  const option = useMemo(() => {
    const people = (line: FlowLine) => formatQuantity(locale, line.travellers, 'person')
    const words = {
      flow: (line: FlowLine) =>
        t('city.flowHint', {
          origin: line.name,
          people: people(line),
          share: formatShare(locale, line.share ?? 0),
        }),
      label: (line: FlowLine) => t('origins.lineLabel', { origin: line.name, people: people(line) }),
    }
    return originsOption({ mapName, bounds, flows, named, words }, tokens)
  }, [flows, locale, t, tokens])

  const first = new Intl.ListFormat(locale).format(flows.slice(0, 3).map((line) => line.name))
  return (
    <Chart
      option={option}
      summary={t('origins.summary', { count: flows.length, names: first })}
      className="chart map"
    />
  )
}
