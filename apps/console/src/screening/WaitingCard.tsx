import type { OverrideView } from '@guankou/contract/screening/decisions.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { overrideGroundNames, overrideRoles } from '@guankou/contract/screening/override.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useAnswerOverride } from '#src/screening/queries.ts'

type Props = {
  readonly waiting: readonly OverrideView[]
  readonly timeZone: string
  readonly nameOfPost: (id: number) => string
  readonly onOpen: (screeningId: string) => void
}

const Answers = ({ override }: { readonly override: OverrideView }) => {
  const { t } = useTranslation()
  const { accountId, role } = useSession()
  const failureText = useFailureText()
  const answer = useAnswerOverride()
  if (!overrideRoles.some((each) => each === role)) return null
  const isOwn = override.by.accountId === accountId
  const say = (agrees: boolean) => () => answer.mutate({ overrideId: override.id, agrees })
  return (
    <span className="plain-buttons">
      {([true, false] as const).map((agrees) => (
        <button
          key={String(agrees)}
          type="button"
          className="quiet-button"
          disabled={isOwn || answer.isPending}
          title={isOwn ? t('decisions.own') : undefined}
          onClick={say(agrees)}
        >
          {t(agrees ? 'decisions.agree' : 'decisions.decline')}
        </button>
      ))}
      {isOwn ? <span className="muted">{t('decisions.own')}</span> : null}
      {answer.isError ? <span role="alert">{failureText(answer.error).text}</span> : null}
    </span>
  )
}

/** What waits for a second person, with both dispositions, and the two answers there are. */
export const WaitingCard = ({ waiting, timeZone, nameOfPost, onOpen }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = (of: OverrideView['disposition']) => inLocale(dispositionNames[of], locale)
  return (
    <Card title={t('decisions.waiting')} note={t('decisions.waitingNote')}>
      {waiting.length === 0 ? <EmptyState title={t('decisions.waitingNone')} /> : null}
      <ul className="decision-waiting">
        {waiting.map((override) => (
          <li key={override.id}>
            <p className="decision-waiting-text">
              <b>
                {name(override.stood)} → {name(override.disposition)}
              </b>{' '}
              · {inLocale(overrideGroundNames[override.ground], locale)}
              {override.words === null ? null : <q className="decision-words">{override.words}</q>}
              <br />
              <span className="muted">
                {formatInstant(override.madeAt, timeZone).slice(0, 16)} · {nameOfPost(override.postId)} ·{' '}
                {t('decisions.seat', { seat: override.seat })} · {inLocale(override.by.officer, locale)}
              </span>
            </p>
            <button type="button" className="link-button" onClick={() => onOpen(override.screeningId)}>
              {t('decisions.why')}
            </button>
            <Answers override={override} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
