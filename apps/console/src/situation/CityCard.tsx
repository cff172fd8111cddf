import type { Post } from '@guankou/contract/places/place.ts'
import type {
  SituationOrigins,
  SituationPosts,
  SituationSummary,
} from '@guankou/contract/situation/endpoints.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { formatQuantity, formatShare } from '@guankou/ui/format/quantity.ts'
import { cityOption } from '@guankou/ui/maps/city-option.ts'
import type { FlowLine } from '@guankou/ui/maps/flows.ts'
import type { PostMark } from '@guankou/ui/maps/post-marks.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAspect } from '#src/layout/use-aspect.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { CityLegend } from '#src/situation/CityLegend.tsx'
import { CityTable } from '#src/situation/CityTable.tsx'
import {
  cityBounds,
  cityInsets,
  cityMapName,
  districtNames,
  marksOf,
  neighbourFlows,
  neighbourRegions,
} from '#src/situation/city-map.ts'
import { isToday, referenceMsOf } from '#src/situation/key-figures.ts'

export type CityCardProps = {
  readonly summary: SituationSummary
  readonly posts: readonly Post[]
  readonly situation: SituationPosts
  readonly origins: SituationOrigins | undefined
  readonly view: 'map' | 'table'
  readonly onView: (view: 'map' | 'table') => void
  readonly onPost: (postId: number) => void
}

const useCityWords = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  return useMemo(() => {
    const people = (count: number) => formatQuantity(locale, count, 'person')
    const minutes = (wait: number) => formatQuantity(locale, wait, 'minute')
    return {
      mark: ({ state, name, figures }: PostMark): string => {
        if (state === 'act') return t('city.fever', { post: name, count: figures.febrileRecently })
        if (state === 'look')
          return t('city.wait', { post: name, minutes: minutes(figures.waitMinutes ?? 0) })
        return ''
      },
      markHint: ({ name, figures, illustrative }: PostMark): string =>
        [
          name,
          t('city.hintPace', {
            vehicles: formatQuantity(locale, Math.round(figures.vehiclesPerHour), 'vehicle'),
          }),
          ...(figures.febrileRecently > 0
            ? [t('city.hintFever', { people: people(figures.febrileRecently) })]
            : []),
          ...(figures.waitMinutes === null
            ? []
            : [t('city.hintWait', { minutes: minutes(figures.waitMinutes) })]),
          ...(illustrative ? [t('city.hintIllustrative')] : []),
        ].join('\n'),
      flow: ({ name, share }: FlowLine): string =>
        t('city.flow', { origin: name, share: formatShare(locale, share ?? 0, (share ?? 0) < 0.1 ? 1 : 0) }),
    }
  }, [t, locale])
}

type CityMapProps = Pick<CityCardProps, 'summary' | 'origins' | 'onPost'> & {
  readonly marks: readonly PostMark[]
}

const CityMap = ({ summary, origins, onPost, marks }: CityMapProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const words = useCityWords()
  const [box, aspect] = useAspect(cityInsets)
  const { code } = summary.area
  const option = useMemo(() => {
    const bounds = cityBounds(marks, aspect)
    const map = {
      mapName: cityMapName,
      bounds,
      insets: cityInsets,
      marks,
      flows: neighbourFlows(origins, code, bounds, locale),
      districts: districtNames(code, locale),
      neighbours: neighbourRegions,
      words,
    }
    return cityOption(map, tokens)
  }, [marks, aspect, origins, code, locale, words, tokens])
  const counted = (state: PostMark['state']) => marks.filter((mark) => mark.state === state).length
  return (
    <div className="map-box" ref={box}>
      <Chart
        option={option}
        summary={t('city.summary', { count: marks.length, act: counted('act'), look: counted('look') })}
        onPick={onPost}
        className="chart map"
      />
      <CityLegend />
    </div>
  )
}

/** The city with its posts: where traffic is, where people wait, where fever was found. */
export const CityCard = ({ summary, posts, situation, origins, view, onView, onPost }: CityCardProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const today = isToday(summary)
  const marks = useMemo(
    () => marksOf(posts, situation, referenceMsOf(situation.posts, situation.asOf, today), locale),
    [posts, situation, today, locale],
  )
  const switcher = (
    <ViewSwitch
      name={t('ui:viewOf', { name: t('city.title') })}
      value={view}
      views={[
        { value: 'map', label: t('ui:showMap') },
        { value: 'table', label: t('ui:showTable') },
      ]}
      onChange={onView}
    />
  )
  return (
    <Card title={t('city.title')} className="city" controls={switcher}>
      {view === 'table' ? (
        <CityTable marks={marks} onPost={onPost} />
      ) : (
        <CityMap summary={summary} origins={origins} onPost={onPost} marks={marks} />
      )}
    </Card>
  )
}
