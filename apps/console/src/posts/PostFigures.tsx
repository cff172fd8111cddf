import { officersAt } from '@guankou/domain/posts/post-running.ts'
import { IntervalBar } from '@guankou/ui/figures/IntervalBar.tsx'
import { KpiCard } from '@guankou/ui/figures/KpiCard.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute, formatInstant } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { waitHint } from '#src/posts/wait-text.ts'

type Props = { readonly parts: PostParts }

/** The end of the scale of the interval that is drawn. */
const mostMinutes = 60

const WaitFigure = ({ parts }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { wait } = parts.view
  const hint = waitHint(t, wait, parts.timeZone)
  if (wait.is === 'unknown')
    return (
      <KpiCard
        name={t('postPage.figures.wait')}
        unit={t('postPage.figures.minutes')}
        value={null}
        text="—"
        detail={t(`postPage.unknown.${wait.why}`)}
        hint={hint}
      />
    )
  const { value, low, high } = wait.waitMinutes
  const text = (minutes: number | null) => (minutes === null ? '—' : formatNumber(locale, minutes, 0))
  return (
    <KpiCard
      name={t('postPage.figures.wait')}
      unit={t('postPage.figures.minutes')}
      value={value}
      text={text(value)}
      detail={
        <>
          {t('postPage.figures.waitDetail', { low: text(low), high: text(high) })}{' '}
          <IntervalBar of={wait.waitMinutes} most={mostMinutes} />
        </>
      }
      hint={hint}
    />
  )
}

const LanesAndCrew = ({ parts }: Props) => {
  const { t } = useTranslation()
  const { running, post, view, timeZone } = parts
  const { lanes, reinforcement } = running
  const hint = t('postPage.asOf', { time: formatInstant(view.asOf, timeZone) })
  const onPost = officersAt(running)
  return (
    <>
      <KpiCard
        name={t('postPage.figures.lanes')}
        unit={t('postPage.figures.lanesUnit', { n: post.lanes })}
        value={lanes.areRecorded ? lanes.open.length : null}
        text={lanes.areRecorded ? String(lanes.open.length) : '—'}
        detail={
          lanes.areRecorded
            ? lanes.open.length === 0
              ? ''
              : t('postPage.figures.lanesWhich', { list: lanes.open.join('、') })
            : t('postPage.figures.lanesFrom')
        }
        hint={hint}
      />
      <KpiCard
        name={t('postPage.figures.crew')}
        unit={t('postPage.figures.officers')}
        value={onPost}
        text={String(onPost)}
        detail={
          reinforcement.present > 0
            ? t('postPage.figures.reinforcements', { n: reinforcement.present })
            : t('postPage.figures.own')
        }
        hint={hint}
      />
    </>
  )
}

/** What a lead looks at first. */
export const PostFigures = ({ parts }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, timeZone } = parts
  const { flow, queueSeen } = view
  const hint = t('postPage.asOf', { time: formatInstant(view.asOf, timeZone) })
  const minutes = flow.meanSecondsPerVehicle === null ? null : flow.meanSecondsPerVehicle / 60
  return (
    <section className="post-figures" aria-label={t('postPage.figures.pace')}>
      <LanesAndCrew parts={parts} />
      <KpiCard
        name={t('postPage.figures.pace')}
        unit={t('postPage.figures.vehicles')}
        value={flow.vehicles}
        text={formatNumber(locale, flow.vehicles)}
        hint={hint}
      />
      <KpiCard
        name={t('postPage.figures.service')}
        unit={t('postPage.figures.minutes')}
        value={minutes}
        text={minutes === null ? '—' : formatNumber(locale, minutes, 2)}
        detail={t('postPage.figures.serviceDetail')}
        hint={hint}
      />
      <KpiCard
        name={t('postPage.figures.queue')}
        unit={t('postPage.figures.vehicles')}
        value={queueSeen?.vehicles ?? null}
        text={queueSeen === null ? '—' : formatNumber(locale, queueSeen.vehicles)}
        detail={
          queueSeen === null
            ? t('postPage.figures.queueNone')
            : t('postPage.figures.queueAt', { time: formatClockMinute(queueSeen.seenAt, timeZone) })
        }
        hint={hint}
      />
      <WaitFigure parts={parts} />
    </section>
  )
}
