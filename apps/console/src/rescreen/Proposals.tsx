import { leastReasonLetters, mostReasonLetters } from '@guankou/contract/identity/purposes.ts'
import { listProposals, proposeRules, type RuleProposal } from '@guankou/contract/rescreen/proposals.ts'
import { proposalStateNames } from '@guankou/contract/rescreen/vocabulary.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noticeQuery } from '#src/api/queries.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { AreaPills } from '#src/rescreen/AreaPills.tsx'
import { proposalsQuery, useDecideProposal, useWithdrawProposal } from '#src/rescreen/queries.ts'

/** Agrees at once; declines with a reason. */
const Decide = ({ proposalId }: { readonly proposalId: string }) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const decide = useDecideProposal()
  const [isDeclining, setIsDeclining] = useState(false)
  const [because, setBecause] = useState('')
  return (
    <>
      <div className="plain-buttons">
        <button
          type="button"
          className="primary-button"
          disabled={decide.isPending}
          onClick={() => decide.mutate({ proposalId, decision: 'agree' })}
        >
          {t('rescreen.agree')}
        </button>
        <button type="button" className="quiet-button" onClick={() => setIsDeclining(!isDeclining)}>
          {t('rescreen.declineAsk')}
        </button>
      </div>
      {isDeclining ? (
        <p className="rescreen-because">
          <label htmlFor={id}>{t('rescreen.because', { count: leastReasonLetters })}</label>
          <textarea
            id={id}
            rows={2}
            value={because}
            maxLength={mostReasonLetters}
            onChange={({ currentTarget }) => setBecause(currentTarget.value)}
          />
          <button
            type="button"
            className="quiet-button"
            disabled={decide.isPending || because.trim().length < leastReasonLetters}
            onClick={() => decide.mutate({ proposalId, decision: 'decline', because: because.trim() })}
          >
            {t('rescreen.decline')}
          </button>
        </p>
      ) : null}
      {decide.isError ? <ErrorState {...failureText(decide.error)} /> : null}
    </>
  )
}

const Withdraw = ({ proposalId }: { readonly proposalId: string }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const withdraw = useWithdrawProposal()
  return (
    <p>
      {t('rescreen.own')}{' '}
      <button
        type="button"
        className="quiet-button"
        disabled={withdraw.isPending}
        onClick={() => withdraw.mutate(proposalId)}
      >
        {t('rescreen.withdraw')}
      </button>
      {withdraw.isError ? <span role="alert"> {failureText(withdraw.error).text}</span> : null}
    </p>
  )
}

const Change = ({ proposal }: { readonly proposal: RuleProposal }) => {
  const { t } = useTranslation()
  const { added, ended } = proposal
  return (
    <>
      {added.length > 0 ? <span>{t('rescreen.added')}</span> : null}
      <AreaPills areas={added} label={t('rescreen.added')} />
      {ended.length > 0 ? <span>{t('rescreen.ended')}</span> : null}
      <AreaPills areas={ended} label={t('rescreen.ended')} />
    </>
  )
}

type OneProps = { readonly proposal: RuleProposal; readonly timeZone: string; readonly mayAct: boolean }

/** What waits for a second person: what will hold, who proposed it, until when, and what can be done. */
const Waiting = ({ proposal, timeZone, mayAct }: OneProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { id, own, mayDecide, proposedBy, role, lapsesAt, dueHours } = proposal
  return (
    <li>
      <p>
        <strong>
          {t('rescreen.proposedBy', {
            who: inLocale(proposedBy, locale),
            role: inLocale(roleNames[role], locale),
          })}
        </strong>{' '}
        {t('rescreen.lapses', {
          time: formatInstant(lapsesAt, timeZone).slice(0, 16),
          hours: t('rescreen.hours', { count: dueHours }),
        })}
      </p>
      <Change proposal={proposal} />
      {mayDecide ? <Decide proposalId={id} /> : null}
      {own ? <Withdraw proposalId={id} /> : null}
      {mayAct && !own && !mayDecide ? <p className="muted">{t('rescreen.needsCommander')}</p> : null}
    </li>
  )
}

const Closed = ({ proposal, timeZone }: Omit<OneProps, 'mayAct'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { state, proposedBy, decidedBy, proposedAt, because } = proposal
  return (
    <li>
      <strong>{inLocale(proposalStateNames[state], locale)}</strong> ·{' '}
      {t('rescreen.proposedAt', {
        who: inLocale(proposedBy, locale),
        time: formatInstant(proposedAt, timeZone).slice(0, 16),
      })}
      {decidedBy === null || state === 'withdrawn'
        ? null
        : ` · ${t('rescreen.decidedBy', { who: inLocale(decidedBy, locale) })}`}
      {because === null ? null : ` · ${because}`}
      <Change proposal={proposal} />
    </li>
  )
}

type Props = { readonly responseId: string; readonly timeZone: string }

/** What waits for a second person, on top of the page of whoever may agree, proposed it or verifies. */
export const WaitingProposals = ({
  city,
  timeZone,
}: {
  readonly city: number
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const { role, areaCode } = useSession()
  const [response] = useQuery(noticeQuery).data?.responses ?? []
  const isShown = areaCode === city && isOpenTo(role, listProposals) && response !== undefined
  const read = useQuery({ ...proposalsQuery(response?.id ?? ''), enabled: isShown })
  const mayAct = isOpenTo(role, proposeRules)
  const waiting = (read.data?.proposals ?? []).filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return null
  return (
    <Card title={t('rescreen.waiting')} className="rescreen-proposals">
      <ul>
        {waiting.map((proposal) => (
          <Waiting key={proposal.id} proposal={proposal} timeZone={timeZone} mayAct={mayAct} />
        ))}
      </ul>
    </Card>
  )
}

/** What became of the proposals that wait no more. */
export const ClosedProposals = ({ responseId, timeZone }: Props) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const read = useQuery(proposalsQuery(responseId))
  if (read.isError) return <ErrorState {...failureText(read.error)} />
  const closed = (read.data?.proposals ?? []).filter(({ state }) => state !== 'waiting')
  if (closed.length === 0) return null
  return (
    <details className="rescreen-history">
      <summary>{t('rescreen.proposals')}</summary>
      <ol>
        {closed.map((proposal) => (
          <Closed key={proposal.id} proposal={proposal} timeZone={timeZone} />
        ))}
      </ol>
    </details>
  )
}
