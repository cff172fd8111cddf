import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type SentHere, sentTo } from '#src/posts/post-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '../format.ts'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

const Here = ({ at, sent: { dispatch, is } }: Props & { readonly sent: SentHere }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const about = { sentId: dispatch.id, officerId: at.accountId }
  if (is === 'there')
    return (
      <button
        type="button"
        className="button post-wide"
        onClick={async () => {
          const made = await at.say({ is: 'reinforcement-left', ...about })
          // What is recorded at this post from now on would be refused: the next one is chosen first.
          if (made.is === 'recorded' && !at.isOwnArea) void navigate({ to: '/place' })
        }}
      >
        {t('posts.help.leave')}
      </button>
    )
  return (
    <div className="notice">
      <p>{t('posts.help.here', { time: formatMoment(Date.parse(dispatch.until)) })}</p>
      <button
        type="button"
        className="button button-main"
        onClick={() => void at.say({ is: 'reinforcement-arrived', ...about })}
      >
        {t(is === 'gone' ? 'posts.help.arriveAgain' : 'posts.help.arrive')}
      </button>
    </div>
  )
}

/** Where whoever holds the phone was sent: to this post, arriving and leaving, one tap each; to others, the way there. */
export const OwnDispatches = ({ at }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const here = sentTo(at.held, at.post.id, at.nowMs)
  const others = at.held.dispatches.filter(
    ({ post, until }) => post.id !== at.post.id && Date.parse(until) > at.nowMs,
  )
  return (
    <>
      {here === undefined ? null : <Here at={at} sent={here} />}
      {others.map(({ id, post, until }) => (
        <div key={id} className="notice notice-look">
          <p>
            {t('posts.help.elsewhere', { post: post.name[locale], time: formatMoment(Date.parse(until)) })}
          </p>
          <Link to="/place" className="button">
            {t('posts.help.go')}
          </Link>
        </div>
      ))}
    </>
  )
}
