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

/** The latest screenings that ended in more than a wave through; nothing in them names a person. */
export const EventsCard = ({
  events,
  postsById,
  timeZone,
}: {
  readonly events: SituationEvents
  readonly postsById: ReadonlyMap<number, Post>
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const go = useGo()
  const whereOf = (event: NotableEvent): string => {
    const post = postsById.get(event.postId)
    return post === undefined ? t('events.unknownPost', { id: event.postId }) : inLocale(post.name, locale)
  }
  const whatOf = (event: NotableEvent): string =>
    [
      inLocale(dispositionNames[event.disposition], locale),
      t('events.lane', { lane: event.lane }),
      t('events.people', { count: event.travellers }),
      ...(event.febrile > 0 ? [t('events.febrile', { count: event.febrile })] : []),
      ...(event.ruleIds.length > 0 ? [t('events.rules', { ids: event.ruleIds.join(' ') })] : []),
      ...(event.overridden ? [t('events.overridden')] : []),
    ].join(' · ')
  return (
    <Card
      title={t('events.title')}
      className="events-card"
      {...(events.events.length === 0 ? {} : { note: t('events.latest', { count: events.events.length }) })}
    >
      {events.events.length === 0 ? (
        <EmptyState title={t('events.empty')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (axe scrollable-region-focusable)
        <section className="scroll-box" tabIndex={0} aria-label={t('events.title')}>
          <EventList
            label={t('events.title')}
            rows={events.events.map((event) => ({
              id: event.screeningId,
              at: formatClockMinute(event.occurredAt, timeZone),
              instant: event.occurredAt,
              state: stateOfDisposition[event.disposition],
              where: whereOf(event),
              what: isOpenTo(role, readDecision) ? (
                <>
                  {whatOf(event)}{' '}
                  <button
                    type="button"
                    className="link-button"
                    aria-label={t('decisions.whyOf', {
                      time: formatClockMinute(event.occurredAt, timeZone),
                      post: whereOf(event),
                    })}
                    onClick={() => go(paths.decisions, { day: events.day, screening: event.screeningId })}
                  >
                    {t('decisions.why')}
                  </button>
                </>
              ) : (
                whatOf(event)
              ),
            }))}
          />
        </section>
      )}
    </Card>
  )
}
