import {
  type ReinforcementReason,
  reinforcementReasonNames,
  reinforcementReasons,
} from '@guankou/contract/posts/vocabulary.ts'
import type { Dispatch } from '@guankou/domain/posts/reinforcement.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '../chrome/ChoiceChips.tsx'
import { formatMoment } from '../format.ts'
import { clockOf } from './clock-text.ts'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

const DispatchRow = ({ at, dispatch }: Props & { readonly dispatch: Dispatch }) => {
  const { t } = useTranslation()
  const { unit, officers, arrived, left, untilMs, id } = dispatch
  const one = (is: 'reinforcement-arrived' | 'reinforcement-left') => () =>
    void at.say({ is, sentId: id, others: 1 })
  return (
    <li className="row row-flat">
      <p>{t('posts.help.dispatch', { unit, n: officers, arrived, left, time: formatMoment(untilMs) })}</p>
      {at.isLead && untilMs > at.nowMs ? (
        <div className="button-row">
          {arrived < officers ? (
            <button type="button" className="button" onClick={one('reinforcement-arrived')}>
              {t('posts.help.othersArrived')} +1
            </button>
          ) : null}
          {left < arrived ? (
            <button type="button" className="button" onClick={one('reinforcement-left')}>
              {t('posts.help.othersLeft')} +1
            </button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}

const AskForm = ({ at, onDone }: Props & { readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [officers, setOfficers] = useState(2)
  const [reason, setReason] = useState<ReinforcementReason>('long-queue')
  return (
    <div className="form">
      <ChooseOne
        legend={t('posts.help.officers')}
        chosen={officers}
        onChoose={setOfficers}
        choices={[1, 2, 3, 4, 6, 8].map((value) => ({ value, label: String(value) }))}
      />
      <ChooseOne
        legend={t('posts.help.reason')}
        chosen={reason}
        onChoose={setReason}
        choices={reinforcementReasons.map((value) => ({
          value,
          label: reinforcementReasonNames[value][locale],
        }))}
      />
      <div className="button-row">
        <button
          type="button"
          className="button button-main"
          onClick={async () => {
            const made = await at.say({ is: 'reinforcement-requested', officers, reason })
            if (made.is === 'recorded') onDone()
          }}
        >
          {t('posts.help.send', { n: officers })}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('posts.help.cancel')}
        </button>
      </div>
    </div>
  )
}

const Requests = ({ at }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { requests, dispatches } = at.running.reinforcement
  const open = requests.filter(({ isOpen }) => isOpen)
  const current = dispatches.filter(({ untilMs }) => untilMs > at.nowMs)
  if (open.length + current.length === 0) return null
  return (
    <ul className="rows">
      {open.map(({ id, atMs, officers, reason, sent, makerId }) => (
        <li key={id} className="row row-flat">
          <p>
            {t('posts.help.asked', {
              n: officers,
              time: clockOf(atMs),
              reason: reinforcementReasonNames[reason][locale],
            })}
          </p>
          <p className="quiet">
            {sent > 0 ? `${t('posts.help.sent', { n: sent })} · ` : ''}
            {t('posts.help.lacking', { n: officers - sent })}
          </p>
          {makerId === at.accountId || at.isLead ? (
            <button
              type="button"
              className="button button-small"
              onClick={() => void at.say({ is: 'withdrawn', factId: id })}
            >
              {t('posts.help.withdraw')}
            </button>
          ) : null}
        </li>
      ))}
      {current.map((dispatch) => (
        <DispatchRow key={dispatch.id} at={at} dispatch={dispatch} />
      ))}
    </ul>
  )
}

/** Asking for officers, and what became of it. */
export const HelpSection = ({ at, onDone }: Props & { readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <section aria-labelledby="post-help">
      <h2 id="post-help">{t('posts.help.title')}</h2>
      <Requests at={at} />
      {asking ? (
        <AskForm at={at} onDone={onDone} />
      ) : (
        <button type="button" className="button post-wide" onClick={() => setAsking(true)}>
          {t('posts.help.ask')}
        </button>
      )}
    </section>
  )
}
