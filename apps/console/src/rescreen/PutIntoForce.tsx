import type { EndedRiskArea, RulesVersionLine } from '@guankou/contract/rescreen/rule-versions.ts'
import { usualDueHours } from '@guankou/contract/rescreen/vocabulary.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { AreaPills, useAreaText } from '#src/rescreen/AreaPills.tsx'
import { usePublish, versionsQuery } from '#src/rescreen/queries.ts'

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

const Confirm = ({ newest, ...props }: Props & { readonly newest: RulesVersionLine }) => {
  const { responseId, today, added, people, onClose } = props
  const { t } = useTranslation()
  const failureText = useFailureText()
  const publish = usePublish()
  const [ended, setEnded] = useState<readonly EndedRiskArea[]>([])
  const [hours, setHours] = useState<number>(usualDueHours)
  const open = newest.riskAreas.filter(({ until, from }) => until === undefined && from <= today)
  const isIdle = added.length === 0 && ended.length === 0
  const act = (): void =>
    publish.mutate(
      {
        responseId,
        afterVersion: newest.version,
        added: [...added],
        ended: [...ended],
        dueHours: hours,
      },
      { onSuccess: onClose },
    )
  return (
    <section className="rescreen-confirm" aria-label={t('rescreen.confirmTitle')}>
      <h3>{t('rescreen.confirmTitle')}</h3>
      <p>{t('rescreen.confirmRules', { version: newest.version + 1, before: newest.version })}</p>
      <AreaPills areas={added} label={t('rescreen.added')} />
      <Ends areas={open} today={today} ended={ended} onEnded={setEnded} />
      <p>{people === undefined ? t('rescreen.confirmLists') : t('rescreen.confirmPeople', { people })}</p>
      <DueField hours={hours} onHours={setHours} />
      {publish.isError ? <ErrorState {...failureText(publish.error)} /> : null}
      <div className="plain-buttons">
        <button type="button" className="primary-button" disabled={isIdle || publish.isPending} onClick={act}>
          {t('rescreen.putIntoForce')}
        </button>
        <button type="button" className="quiet-button" onClick={onClose}>
          {t('rescreen.notNow')}
        </button>
      </div>
    </section>
  )
}

/** Puts changed areas at risk into force: told in words what will hold and what it starts, before anything is done. */
export const PutIntoForce = (props: Props) => {
  const versions = useQuery(versionsQuery(props.responseId))
  const failureText = useFailureText()
  const [newest] = versions.data?.versions ?? []
  if (versions.isError) return <ErrorState {...failureText(versions.error)} />
  return newest === undefined ? null : <Confirm {...props} newest={newest} />
}
