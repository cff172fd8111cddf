import type { Post } from '@guankou/contract/places/place.ts'
import {
  type SituationPosts,
  type SituationSummary,
  slotMinutes,
} from '@guankou/contract/situation/endpoints.ts'
import { KpiCard } from '@guankou/ui/figures/KpiCard.tsx'
import { formatChange, formatNumber, formatQuantity, unitText } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute, formatInstant, slotClock } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import {
  changeOfVehicles,
  isToday,
  longestQueue,
  peoplePerVehicle,
  referenceMsOf,
  slowestPost,
} from '#src/situation/key-figures.ts'
import { waitTargetMinutes } from '#src/situation/targets.ts'

export type KeyFiguresProps = {
  readonly summary: SituationSummary
  readonly posts: SituationPosts | undefined
  readonly postsById: ReadonlyMap<number, Post>
  readonly compare: boolean
}

const useWords = (summary: SituationSummary) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const asOf = t('situation.asOf', { time: formatInstant(summary.asOf, summary.area.timeZone) })
  return { t, locale, asOf, count: (value: number) => formatNumber(locale, value) }
}

const Traffic = ({ summary, compare }: KeyFiguresProps) => {
  const { t, locale, asOf, count } = useWords(summary)
  const { likeForLike, today, posts } = summary
  const change = changeOfVehicles(summary)
  const reporting = t('kpi.reporting', { reported: count(posts.reportedLastHour), total: count(posts.total) })
  const compared =
    likeForLike === null
      ? t('kpi.reportingNoHint')
      : t('kpi.reportingHint', {
          until: slotClock(likeForLike.untilSlot, slotMinutes),
          today: formatQuantity(locale, likeForLike.today.vehicles, 'vehicle'),
          yesterday: formatQuantity(locale, likeForLike.yesterday.vehicles, 'vehicle'),
        })
  return (
    <KpiCard
      name={t('kpi.vehicles')}
      unit={unitText(locale, 'vehicle')}
      value={today.vehicles}
      text={count(today.vehicles)}
      detail={
        compare && change !== null
          ? `${t('kpi.change', { change: formatChange(locale, change) })} · ${count(posts.reportedLastHour)}/${count(posts.total)} ${unitText(locale, 'post', posts.total)}`
          : reporting
      }
      hint={`${asOf}\n${compared}\n${reporting}`}
    />
  )
}

const People = ({ summary }: KeyFiguresProps) => {
  const { t, locale, asOf, count } = useWords(summary)
  const ratio = peoplePerVehicle(summary)
  return (
    <KpiCard
      name={t('kpi.people')}
      unit={unitText(locale, 'person')}
      value={summary.today.travellers}
      text={count(summary.today.travellers)}
      detail={
        ratio === null ? t('kpi.noVehicles') : t('kpi.perVehicle', { ratio: formatNumber(locale, ratio, 2) })
      }
      hint={asOf}
    />
  )
}

const Wait = ({ summary, posts, postsById }: KeyFiguresProps) => {
  const { t, locale, asOf } = useWords(summary)
  const known = posts?.posts ?? []
  const longest = longestQueue(known, referenceMsOf(known, summary.asOf, isToday(summary)))
  const post = longest === null ? undefined : postsById.get(longest.postId)
  const name = post === undefined ? '' : inLocale(post.name, locale)
  const minutes = longest?.queue.waitMinutes ?? null
  const target = formatQuantity(locale, waitTargetMinutes, 'minute')
  const seen =
    longest === null
      ? t('kpi.waitNone')
      : t('kpi.waitSeen', {
          post: name,
          vehicles: formatQuantity(locale, longest.queue.vehicles, 'vehicle'),
          time: formatClockMinute(longest.queue.seenAt, summary.area.timeZone),
        })
  return (
    <KpiCard
      name={t('kpi.wait')}
      unit={unitText(locale, 'minute')}
      value={minutes}
      text={minutes === null ? '—' : formatNumber(locale, minutes, minutes > 0 && minutes < 10 ? 1 : 0)}
      {...(minutes === null ? {} : { state: minutes > waitTargetMinutes ? 'look' : 'well' })}
      detail={
        longest === null
          ? t('kpi.waitNone')
          : t(longest.queue.vehicles === 0 ? 'kpi.waitZero' : 'kpi.waitAt', { post: name, target })
      }
      hint={`${asOf}\n${t('kpi.waitHint', { seen })}`}
    />
  )
}

const Fever = ({ summary }: KeyFiguresProps) => {
  const { t, locale, asOf, count } = useWords(summary)
  const { feverConfirmed, febrile } = summary.today
  return (
    <KpiCard
      name={t('kpi.fever')}
      unit={unitText(locale, 'person')}
      value={feverConfirmed}
      text={count(feverConfirmed)}
      state={feverConfirmed > 0 ? 'act' : 'well'}
      detail={t('kpi.febrile', { count: febrile })}
      hint={`${asOf}\n${t('kpi.feverHint')}`}
    />
  )
}

const Referred = ({ summary }: KeyFiguresProps) => {
  const { t, locale, asOf, count } = useWords(summary)
  const { referred, quarantined, turnedBack } = summary.today
  return (
    <KpiCard
      name={t('kpi.referred')}
      unit={unitText(locale, 'person')}
      value={referred}
      text={count(referred)}
      detail={t('kpi.quarantined', { quarantined: count(quarantined), turnedBack: count(turnedBack) })}
      hint={`${asOf}\n${t('kpi.referredHint')}`}
    />
  )
}

const Seconds = ({ summary, posts, postsById }: KeyFiguresProps) => {
  const { t, locale, asOf } = useWords(summary)
  const seconds = summary.meanSecondsPerVehicle
  const slowest = slowestPost(posts?.posts ?? [])
  const post = slowest === null ? undefined : postsById.get(slowest.postId)
  return (
    <KpiCard
      name={t('kpi.seconds')}
      unit={unitText(locale, 'second')}
      value={seconds}
      text={seconds === null ? '—' : formatNumber(locale, seconds, 1)}
      detail={
        slowest === null || post === undefined
          ? t('kpi.secondsNone')
          : t('kpi.secondsDetail', {
              post: inLocale(post.name, locale),
              seconds: formatQuantity(locale, slowest.seconds, 'second'),
            })
      }
      hint={`${asOf}\n${t('kpi.secondsHint')}`}
    />
  )
}

/** The six figures a commander looks at first. */
export const KeyFigures = (props: KeyFiguresProps) => {
  const { t } = useTranslation()
  return (
    <section className="kpis" aria-label={t('kpi.label')}>
      <Traffic {...props} />
      <People {...props} />
      <Wait {...props} />
      <Fever {...props} />
      <Referred {...props} />
      <Seconds {...props} />
    </section>
  )
}
