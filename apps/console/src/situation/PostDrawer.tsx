import { type Post, postTypeNames } from '@guankou/contract/places/place.ts'
import type { PostSituation, SituationPosts, Tally } from '@guankou/contract/situation/endpoints.ts'
import { formatNumber, formatQuantity, type Unit } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useReturnFocus } from '#src/layout/use-return-focus.ts'

export type PostDrawerProps = {
  readonly postId: number | undefined
  readonly postsById: ReadonlyMap<number, Post>
  readonly situation: SituationPosts | undefined
  readonly timeZone: string
  readonly onClose: () => void
}

const tallyUnits: readonly (readonly [keyof Tally, Unit])[] = [
  ['vehicles', 'vehicle'],
  ['travellers', 'person'],
  ['febrile', 'person'],
  ['feverConfirmed', 'person'],
  ['secondChecks', 'person'],
  ['quarantined', 'person'],
  ['turnedBack', 'person'],
  ['referred', 'person'],
]

const Recent = ({ post, figures, timeZone }: { post: Post; figures: PostSituation; timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { queue, recent, meanSecondsPerVehicle: seconds, lastScreeningAt } = figures
  return (
    <dl className="figures">
      <dt>{t('post.lanes')}</dt>
      <dd>{t('post.lanesValue', { count: post.lanes })}</dd>
      <dt>{t('post.recent')}</dt>
      <dd>{formatQuantity(locale, recent.vehiclesPerHour, 'vehicle-per-hour')}</dd>
      <dt>{t('post.recentFebrile')}</dt>
      <dd>{formatQuantity(locale, recent.febrile, 'person')}</dd>
      <dt>{t('post.queue')}</dt>
      <dd>
        {queue === null
          ? t('post.queueNone')
          : t('post.queueValue', {
              vehicles: formatQuantity(locale, queue.vehicles, 'vehicle'),
              minutes: formatQuantity(locale, queue.waitMinutes, 'minute', 1),
              time: formatClockMinute(queue.seenAt, timeZone),
            })}
      </dd>
      <dt>{t('post.mean')}</dt>
      <dd>{seconds === null ? t('post.none') : formatQuantity(locale, seconds, 'second', 1)}</dd>
      <dt>{t('post.last')}</dt>
      <dd>{lastScreeningAt === null ? t('post.none') : formatInstant(lastScreeningAt, timeZone)}</dd>
    </dl>
  )
}

const Totals = ({ tally }: { readonly tally: Tally }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <dl className="figures">
      {tallyUnits.map(([name, unit]) => (
        <div key={name}>
          <dt>{t(`tally.${name}`)}</dt>
          <dd title={formatQuantity(locale, tally[name], unit)}>
            <data value={tally[name]}>{formatNumber(locale, tally[name])}</data>{' '}
            {formatQuantity(locale, tally[name], unit).replace(/^\S+ /, '')}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Everything known of one post, beside the map. */
export const PostDrawer = ({ postId, postsById, situation, timeZone, onClose }: PostDrawerProps) => {
  useReturnFocus()
  const { t } = useTranslation()
  const locale = useLocale()
  const post = postId === undefined ? undefined : postsById.get(postId)
  const figures = situation?.posts.find((each) => each.postId === postId)
  return (
    <Drawer
      open={postId !== undefined}
      onClose={onClose}
      size={380}
      mask={false}
      title={post === undefined ? t('city.post') : t('post.title', { name: inLocale(post.name, locale) })}
      closable={{ 'aria-label': t('post.close') }}
    >
      {post === undefined || figures === undefined || situation === undefined ? (
        <p>{t('post.unknown', { id: postId ?? '' })}</p>
      ) : (
        <div className="drawer-figures">
          <p className="muted">
            {inLocale(postTypeNames[post.type], locale)}
            {post.illustrative ? ` · ${t('post.illustrative')}` : ''}
          </p>
          <Recent post={post} figures={figures} timeZone={timeZone} />
          <h3>{t('post.today')}</h3>
          <Totals tally={figures.today} />
          <p className="muted">{t('situation.asOf', { time: formatInstant(situation.asOf, timeZone) })}</p>
        </div>
      )}
    </Drawer>
  )
}
