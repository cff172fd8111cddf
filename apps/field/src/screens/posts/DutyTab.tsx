import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentTo } from '#src/posts/post-held.ts'
import { clockOf } from './clock-text.ts'
import { HelpSection } from './HelpSection.tsx'
import { OwnDispatches } from './OwnDispatches.tsx'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

/** Whether this officer is on, and the way to change it. */
const OwnDuty = ({ at }: Props) => {
  const { t } = useTranslation()
  const own = at.running.crew.find(({ officerId }) => officerId === at.accountId)
  const sent = sentTo(at.held, at.post.id, at.nowMs)
  // Whoever was sent here from another area says first that they came: before that nothing of theirs counts here.
  if (own === undefined && !at.isOwnArea && sent?.is !== 'there') return null
  if (own === undefined)
    return (
      <section className="post-duty">
        <p>{t('posts.duty.off')}</p>
        <Link to="/clock-in" className="button button-main">
          {t('posts.duty.clockIn')}
        </Link>
      </section>
    )
  return (
    <section className="post-duty">
      <p>
        <b>{t('posts.duty.on', { time: clockOf(own.sinceMs) })}</b>
      </p>
      {own.alsoAt.length > 0 ? <p className="wrong">{t('posts.duty.conflict')}</p> : null}
      <div className="button-row">
        {own.check === 'none' ? (
          <Link to="/clock-in" className="button button-main">
            {t('posts.duty.clockIn')}
          </Link>
        ) : null}
        <button
          type="button"
          className="button"
          onClick={() => void at.say({ is: 'clocked-out', officerId: at.accountId })}
        >
          {t('posts.duty.clockOut')}
        </button>
      </div>
    </section>
  )
}

const Lanes = ({ at }: Props) => {
  const { t } = useTranslation()
  const numbers = Array.from({ length: at.post.lanes }, (_, index) => index + 1)
  return (
    <section aria-labelledby="post-lanes">
      <h2 id="post-lanes">{t('posts.duty.lanes')}</h2>
      <p className="quiet">{t('posts.duty.lanesHint')}</p>
      <div className="lane-grid">
        {numbers.map((lane) => {
          const open = at.running.lanes.open.includes(lane)
          return (
            <button
              key={lane}
              type="button"
              className="button post-lane"
              aria-pressed={open}
              onClick={() => void at.say({ is: 'lane-set', lane, open: !open })}
            >
              <span>{t('place.lane', { n: lane })}</span>{' '}
              <small>{open ? t('posts.duty.open') : t('posts.duty.closed')}</small>
            </button>
          )
        })}
      </div>
    </section>
  )
}

const WaitLine = ({ at }: Props) => {
  const { t } = useTranslation()
  const { view } = at.held
  if (view === undefined) return null
  const { wait } = view
  const minutes = (value: number | null): string => (value === null ? '—' : value.toFixed(0))
  return (
    <p className="quiet">
      {wait.is === 'estimated'
        ? t('posts.duty.wait', {
            value: minutes(wait.waitMinutes.value),
            low: minutes(wait.waitMinutes.low),
            high: minutes(wait.waitMinutes.high),
          })
        : t(`posts.duty.waitUnknown.${wait.why}`)}{' '}
      {t('posts.asOf', { time: clockOf(view.asOf) })}
    </p>
  )
}

const queueSteps = [0, 5, 10, 20, 30, 50, 80, 120] as const

const Queue = ({ at }: Props) => {
  const { t } = useTranslation()
  const told = at.held.view?.queueSeen
  const seen = told == null ? undefined : { vehicles: told.vehicles, seenAtMs: Date.parse(told.seenAt) }
  const own = at.running.queue
  const last = seen === undefined || (own !== undefined && own.seenAtMs > seen.seenAtMs) ? own : seen
  return (
    <section aria-labelledby="post-queue">
      <h2 id="post-queue">{t('posts.duty.queue')}</h2>
      <p>
        {last === undefined
          ? t('posts.duty.queueNone')
          : t('posts.duty.queueSeen', { n: last.vehicles, time: clockOf(last.seenAtMs) })}
      </p>
      <div className="post-steps">
        {queueSteps.map((vehicles) => (
          <button
            key={vehicles}
            type="button"
            className="button"
            onClick={() => void at.say({ is: 'queue-seen', vehicles })}
          >
            {vehicles}
          </button>
        ))}
      </div>
      <WaitLine at={at} />
    </section>
  )
}

/** On duty or not, lanes, queue and help: what is touched most. */
export const DutyTab = ({ at }: Props) => {
  const [key, setKey] = useState(0)
  return (
    <>
      <OwnDispatches at={at} />
      <OwnDuty at={at} />
      <Lanes at={at} />
      <Queue at={at} />
      <HelpSection key={key} at={at} onDone={() => setKey(key + 1)} />
    </>
  )
}
