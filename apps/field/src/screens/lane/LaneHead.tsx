import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { SyncChip } from '#src/screens/chrome/SyncChip.tsx'
import { HandoverChip } from '#src/screens/handovers/HandoverChip.tsx'
import { useIsOffDuty } from '#src/screens/posts/use-is-off-duty.ts'

/** Where, who, and what waits. */
export const LaneHead = ({ workplace }: { readonly workplace: Workplace }) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const crew = useStore(runtime.profile)?.crew
  const isOff = useIsOffDuty(workplace.post)
  const title = t('lane.title', { post: workplace.post.name[locale], lane: workplace.lane })
  return (
    <header className="head head-lane">
      <Link to="/place" className="head-place">
        <b>{title}</b> {crew === undefined || crew === null ? null : <small>{crew[locale]}</small>}{' '}
        <span className="only-heard">{t('nav.place')}</span>
      </Link>
      <HandoverChip />
      <SyncChip />
      <Link
        to="/post"
        className={isOff ? 'head-button head-button-due' : 'head-button'}
        aria-label={isOff ? `${t('posts.link')} · ${t('posts.notClockedIn')}` : t('posts.link')}
      >
        <Icon name="people" />
      </Link>
      <Link to="/settings" className="head-button" aria-label={t('nav.settings')}>
        <Icon name="gear" />
      </Link>
    </header>
  )
}
