import type { Post } from '@guankou/contract/places/place.ts'
import { readDecision } from '@guankou/contract/screening/decisions.ts'
import { type Disposition, dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import type { NotableEvent, SituationEvents } from '@guankou/contract/situation/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { EventList } from '@guankou/ui/lists/EventList.tsx'
import { useTranslation } from 'react-i18next'
import { useGo } from '#src/layout/go.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { paths } from '#src/path-builder.ts'

/** What a disposition calls for: fever that is referred before what is settled at the post. */
export const stateOfDisposition: Readonly<Record<Disposition, FigureState>> = {
  passed: 'well',
  advised: 'well',
  'second-check': 'look',
  'home-quarantine': 'info',
  'central-quarantine': 'info',
  'turned-back': 'info',
  referred: 'act',
}

type Props = {
  readonly events: SituationEvents
  readonly postsById: ReadonlyMap<number, Post>
  readonly timeZone: string
}

const usePlaceName = (postsById: Props['postsById']) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ postId }: NotableEvent): string => {
    const post = postsById.get(postId)
    return post === undefined ? t('events.unknownPost', { id: postId }) : inLocale(post.name, locale)
  }
}

/** What came of a vehicle in words, and the way to why for who may read it. */
const What = ({
  event,
  day,
  name,
}: {
  readonly event: NotableEvent
  readonly day: string
  readonly name: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const go = useGo()
  const words = [
    inLocale(dispositionNames[event.disposition], locale),
    t('events.lane', { lane: event.lane }),
    t('events.people', { count: event.travellers }),
    ...(event.febrile > 0 ? [t('events.febrile', { count: event.febrile })] : []),
    ...(event.ruleIds.length > 0 ? [t('events.rules', { ids: event.ruleIds.join(' ') })] : []),
    ...(event.overridden ? [t('events.overridden')] : []),
  ].join(' · ')
  if (!isOpenTo(role, readDecision)) return words
  return (
    <>
      {words}{' '}
      <button
        type="button"
        className="link-button"
        aria-label={name}
        onClick={() => go(paths.decisions, { day, screening: event.screeningId })}
      >
        {t('decisions.why')}
      </button>
    </>
  )
}

/** The latest screenings that ended in more than a wave through; nothing in them names a person. */
export const EventsCard = ({ events: { day, events }, postsById, timeZone }: Props) => {
  const { t } = useTranslation()
  const whereOf = usePlaceName(postsById)
  const rows = events.map((event) => {
    const at = formatClockMinute(event.occurredAt, timeZone)
    const where = whereOf(event)
    return {
      id: event.screeningId,
      at,
      instant: event.occurredAt,
      state: stateOfDisposition[event.disposition],
      where,
      what: <What event={event} day={day} name={t('decisions.whyOf', { time: at, post: where })} />,
    }
  })
  return (
    <Card
      title={t('events.title')}
      className="events-card"
      {...(rows.length === 0 ? {} : { note: t('events.latest', { count: rows.length }) })}
    >
      {rows.length === 0 ? (
        <EmptyState title={t('events.empty')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable)
        <section className="scroll-box" tabIndex={0} aria-label={t('events.title')}>
          <EventList label={t('events.title')} rows={rows} />
        </section>
      )}
    </Card>
  )
}
