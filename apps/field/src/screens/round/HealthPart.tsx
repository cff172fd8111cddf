import type { VisitTask } from '@guankou/contract/households/vocabulary.ts'
import { useTranslation } from 'react-i18next'
import {
  emptyHealthDraft,
  type Found,
  foundOf,
  type HealthDraft,
  healthWork,
  isHealthReady,
  withFound,
} from '#src/round/health-draft.ts'
import { type CheckDraft, checksOf, emptyCheck, isWrongCelsius } from '#src/round/quarantine-checks.ts'
import { draftPlace } from '#src/round/round-drafts.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany, ChooseOne } from '../chrome/ChoiceChips.tsx'
import { CheckForms } from './QuarantineChecks.tsx'
import { useDraft } from './use-draft.ts'
import type { PartProps } from './VisitPanel.tsx'
import { Water } from './Water.tsx'

/** Tasks that are about somebody in quarantine, or the house, and not about everybody who lives there. */
const ofSomeAlone: readonly VisitTask[] = ['quarantine-check', 'survey']

const presences = ['met', 'away'] as const

/** Whether one of the household was there, and what was found of them. */
const Person = ({
  name,
  found,
  symptoms,
  onChange,
}: {
  readonly name: string
  readonly found: Found
  readonly symptoms: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (change: Partial<Found>) => void
}) => {
  const { t } = useTranslation()
  return (
    <div className="round-person">
      <ChooseOne
        legend={name}
        chosen={found.met === undefined ? undefined : found.met ? 'met' : 'away'}
        choices={presences.map((value) => ({ value, label: t(`round.presence.${value}`) }))}
        onChoose={(value) => onChange({ met: value === 'met' })}
      />
      {found.met === false ? null : (
        <>
          <label className="field">
            <span>{t('round.temperatureOf', { name })}</span>
            <input
              inputMode="decimal"
              value={found.celsius}
              maxLength={5}
              aria-invalid={isWrongCelsius(found.celsius)}
              onChange={(event) => onChange({ celsius: event.target.value })}
            />
          </label>
          <ChooseMany
            legend={t('round.symptomsOf', { name })}
            chosen={found.symptoms}
            choices={symptoms}
            onChange={(chosen) => onChange({ symptoms: chosen })}
          />
        </>
      )}
    </div>
  )
}

/** What is entered of a household, and whom and what it is about. */
const useHealthDraft = ({ at, line, visit }: Pick<PartProps, 'at' | 'line' | 'visit'>) => {
  const place = draftPlace(line.id, 'part', 'health')
  const { value: draft, set } = useDraft<HealthDraft>(at.book, place, emptyHealthDraft)
  const about = {
    personIds: line.household.people.map(({ id }) => id),
    checks: checksOf(line),
    isSurvey: visit.tasks.includes('survey'),
    asksEach: visit.tasks.some((task) => !ofSomeAlone.includes(task)),
  }
  const changeCheck = (id: string, change: Partial<CheckDraft>): void =>
    set({
      ...draft,
      checks: { ...draft.checks, [id]: { ...(draft.checks[id] ?? emptyCheck), ...change } },
    })
  return { draft, set, about, changeCheck }
}

/** The health worker measures everybody of the household in one go. */
export const HealthPart = ({ at, line, visit, onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { draft, set, about, changeCheck } = useHealthDraft({ at, line, visit })
  const { people } = line.household
  const { checks, isSurvey } = about
  const isReady = isHealthReady(draft, about)
  return (
    <>
      <CheckForms checks={checks} of={(id) => draft.checks[id] ?? emptyCheck} onChange={changeCheck} />
      {people.length === 0 && checks.length === 0 ? <p className="quiet">{t('round.nobodyYet')}</p> : null}
      {people.map(({ id, member }) => (
        <Person
          key={id}
          name={member.name}
          found={foundOf(draft, id)}
          symptoms={at.symptoms.map(({ code, name }) => ({ value: code, label: name[locale] }))}
          onChange={(change) => set(withFound(draft, id, change))}
        />
      ))}
      {isSurvey ? (
        <Water
          {...draft.water}
          onChange={(places, withLarvae) => set({ ...draft, water: { places, withLarvae } })}
        />
      ) : null}
      {isReady ? null : <p className="quiet">{t('round.sayOfEach')}</p>}
      <button
        type="button"
        className="button button-main"
        disabled={!isReady}
        onClick={() => onDone(healthWork(draft, about))}
      >
        {t('round.recordPart')}
      </button>
    </>
  )
}
