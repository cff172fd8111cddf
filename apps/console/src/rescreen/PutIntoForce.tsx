import { leastReasonLetters, mostReasonLetters } from '@guankou/contract/identity/purposes.ts'
import {
  type EndedRiskArea,
  publishRules,
  type RulesVersionLine,
} from '@guankou/contract/rescreen/rule-versions.ts'
import { proposalHours, usualDueHours } from '@guankou/contract/rescreen/vocabulary.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useSession } from '#src/layout/use-session.ts'
import { AreaPills, useAreaText } from '#src/rescreen/AreaPills.tsx'
import { usePropose, usePublish, versionsQuery } from '#src/rescreen/queries.ts'

const dueChoices = [6, 12, 24, 48, 72] as const

const keyOf = ({ areaCode, level, from }: RiskArea): string => `${areaCode} ${level} ${from}`

type EndsProps = {
  readonly areas: readonly RiskArea[]
  readonly today: string
  readonly ended: readonly EndedRiskArea[]
  readonly onEnded: (ended: readonly EndedRiskArea[]) => void
}

/** Areas that are at risk without an end: each may end today. */
const Ends = ({ areas, today, ended, onEnded }: EndsProps) => {
  const { t } = useTranslation()
  const text = useAreaText()
  if (areas.length === 0) return null
  return (
    <fieldset className="rescreen-ends">
      <legend>{t('rescreen.ends', { day: today })}</legend>
      {areas.map((area) => (
        <label key={keyOf(area)}>
          <input
            type="checkbox"
            checked={ended.some((each) => keyOf(each) === keyOf(area))}
            onChange={({ currentTarget }) => {
              const { areaCode, level, from } = area
              const others = ended.filter((each) => keyOf(each) !== keyOf(area))
              onEnded(currentTarget.checked ? [...others, { areaCode, level, from, until: today }] : others)
            }}
          />{' '}
          {text(area)}
        </label>
      ))}
    </fieldset>
  )
}

type Props = {
  readonly responseId: string
  readonly today: string
  readonly added: readonly RiskArea[]
  /** What the preview counted, rounded; undefined where nothing was counted. */
  readonly people: string | undefined
  readonly onClose: () => void
}

type DueProps = { readonly hours: number; readonly onHours: (hours: number) => void }

const DueField = ({ hours, onHours }: DueProps) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <p className="rescreen-due">
      <label htmlFor={id}>{t('rescreen.due')}</label>
      <select id={id} value={hours} onChange={({ currentTarget }) => onHours(Number(currentTarget.value))}>
        {dueChoices.map((each) => (
          <option key={each} value={each}>
            {t('rescreen.hours', { count: each })}
          </option>
        ))}
      </select>
    </p>
  )
}

type Change = {
  readonly responseId: string
  readonly afterVersion: number
  readonly added: RiskArea[]
  readonly ended: EndedRiskArea[]
  readonly dueHours: number
}

type ActProps = { readonly change: Change; readonly isIdle: boolean; readonly onDone: () => void }

/** Where one person decides: at once. */
const PutNow = ({ change, isIdle, onDone }: ActProps) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const publish = usePublish()
  return (
    <>
      {publish.isError ? <ErrorState {...failureText(publish.error)} /> : null}
      <button
        type="button"
        className="primary-button"
        disabled={isIdle || publish.isPending}
        onClick={() => publish.mutate(change, { onSuccess: onDone })}
      >
        {t('rescreen.putIntoForce')}
      </button>
    </>
  )
}

/** The emergency way: why nobody else is asked, in words that the auditor reads. */
const PutAlone = ({ change, isIdle, onDone }: ActProps) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const publish = usePublish()
  const [why, setWhy] = useState('')
  const isShort = why.trim().length < leastReasonLetters
  return (
    <details className="rescreen-alone">
      <summary>{t('rescreen.alone')}</summary>
      <p>{t('rescreen.aloneNote')}</p>
      <label htmlFor={id}>{t('rescreen.aloneWhy', { count: leastReasonLetters })}</label>
      <textarea
        id={id}
        value={why}
        rows={2}
        maxLength={mostReasonLetters}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
      {publish.isError ? <ErrorState {...failureText(publish.error)} /> : null}
      <button
        type="button"
        className="quiet-button"
        disabled={isIdle || isShort || publish.isPending}
        onClick={() => publish.mutate({ ...change, aloneBecause: why.trim() }, { onSuccess: onDone })}
      >
        {t('rescreen.putAlone')}
      </button>
    </details>
  )
}

/** Where two decide: proposed to the second. */
const Propose = ({ change, isIdle, onDone }: ActProps) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const propose = usePropose()
  return (
    <>
      {propose.isError ? <ErrorState {...failureText(propose.error)} /> : null}
      <button
        type="button"
        className="primary-button"
        disabled={isIdle || propose.isPending}
        onClick={() => propose.mutate(change, { onSuccess: onDone })}
      >
        {t('rescreen.propose')}
      </button>
    </>
  )
}

const Confirm = ({
  newest,
  needsSecond,
  ...props
}: Props & { readonly newest: RulesVersionLine; readonly needsSecond: boolean }) => {
  const { responseId, today, added, people, onClose } = props
  const { t } = useTranslation()
  const { role } = useSession()
  const [ended, setEnded] = useState<readonly EndedRiskArea[]>([])
  const [hours, setHours] = useState<number>(usualDueHours)
  const open = newest.riskAreas.filter(({ until, from }) => until === undefined && from <= today)
  const isIdle = added.length === 0 && ended.length === 0
  const change: Change = {
    responseId,
    afterVersion: newest.version,
    added: [...added],
    ended: [...ended],
    dueHours: hours,
  }
  const act = { change, isIdle, onDone: onClose }
  return (
    <section className="rescreen-confirm" aria-label={t('rescreen.confirmTitle')}>
      <h3>{t('rescreen.confirmTitle')}</h3>
      <p>{t('rescreen.confirmRules', { version: newest.version + 1, before: newest.version })}</p>
      <AreaPills areas={added} label={t('rescreen.added')} />
      <Ends areas={open} today={today} ended={ended} onEnded={setEnded} />
      <p>{people === undefined ? t('rescreen.confirmLists') : t('rescreen.confirmPeople', { people })}</p>
      <DueField hours={hours} onHours={setHours} />
      {needsSecond ? <p>{t('rescreen.proposeNote', { hours: proposalHours })}</p> : null}
      <div className="plain-buttons">
        {needsSecond ? <Propose {...act} /> : <PutNow {...act} />}
        <button type="button" className="quiet-button" onClick={onClose}>
          {t('rescreen.notNow')}
        </button>
      </div>
      {needsSecond && isOpenTo(role, publishRules) ? <PutAlone {...act} /> : null}
    </section>
  )
}

/**
 * Puts changed areas at risk into force, or proposes them to a second person: told in words what will hold and what it
 * starts, before anything is done.
 */
export const PutIntoForce = (props: Props) => {
  const versions = useQuery(versionsQuery(props.responseId))
  const failureText = useFailureText()
  const [newest] = versions.data?.versions ?? []
  if (versions.isError) return <ErrorState {...failureText(versions.error)} />
  if (newest === undefined) return null
  return <Confirm {...props} newest={newest} needsSecond={versions.data?.rulesBy === 'two-people'} />
}
