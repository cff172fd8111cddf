import type { OpenSessionView } from '@guankou/contract/access/own-account.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** A browser in a word or two, out of what it calls itself. */
const browserOf = (agent: string): string => {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/\d+/.exec(agent)?.[0] ?? agent.slice(0, 24)
  const system = /Windows|Mac OS X|Android|iPhone|iPad|Linux/.exec(agent)?.[0]
  return system === undefined ? browser : `${browser} · ${system}`
}

type Ender = { readonly onEnd: ((id: string) => void) | undefined }

const SessionLine = ({ session, onEnd }: Ender & { readonly session: OpenSessionView }) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const methods = {
    link: t('access.byLink'),
    password: t('access.byPassword'),
    passkey: t('access.byPasskey'),
    'identity-provider': t('access.byProvider'),
  }
  const what =
    session.device ?? (session.agent === null ? t('access.unknownAgent') : browserOf(session.agent))
  return (
    <li>
      <span>
        <b>{what}</b>
        {session.own ? ` · ${t('access.thisSession')}` : ''}
        <br />
        <span className="muted">
          {t('access.sessionLine', {
            method: methods[session.method],
            from: formatInstant(session.createdAt, timeZone),
            seen: formatInstant(session.lastSeenAt ?? session.createdAt, timeZone),
          })}
        </span>
      </span>
      {session.own || onEnd === undefined ? null : (
        <button
          type="button"
          className="link-button"
          aria-label={t('access.endSessionOf', { what })}
          onClick={() => onEnd(session.id)}
        >
          {t('access.endSession')}
        </button>
      )}
    </li>
  )
}

/** Sessions with what they are and a way to end each. @param onEnd  left out where they are only looked at */
export const SessionList = ({
  sessions,
  onEnd,
}: Ender & { readonly sessions: readonly OpenSessionView[] }) => (
  <ul className="key-list">
    {sessions.map((session) => (
      <SessionLine key={session.id} session={session} onEnd={onEnd} />
    ))}
  </ul>
)
