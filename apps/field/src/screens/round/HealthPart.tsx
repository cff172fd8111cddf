import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  areChecksReady,
  type CheckDraft,
  celsiusOf,
  checkedOf,
  checksOf,
  emptyCheck,
  isWrongCelsius,
} from '#src/round/quarantine-checks.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany } from '../chrome/ChoiceChips.tsx'
import { CheckForms } from './QuarantineChecks.tsx'
import type { PartProps } from './VisitPanel.tsx'

type Found = { readonly celsius: string; readonly symptoms: readonly string[] }

const nothing: Found = { celsius: '', symptoms: [] }

const isWrong = ({ celsius }: Found): boolean => isWrongCelsius(celsius)

/** Places where water stands, for a house survey. */
const Water = ({
  places,
  withLarvae,
  onChange,
}: {
  readonly places: number
  readonly withLarvae: number
  readonly onChange: (places: number, withLarvae: number) => void
}) => {
  const { t } = useTranslation()
  const step = (value: number, change: number): number => Math.max(0, Math.min(999, value + change))
  const counters = [
    {
      label: t('round.water'),
      value: places,
      set: (next: number) => onChange(next, Math.min(withLarvae, next)),
    },
    {
      label: t('round.larvae'),
      value: withLarvae,
      set: (next: number) => onChange(Math.max(places, next), next),
    },
  ]
  return (
    <>
      {counters.map(({ label, value, set }) => (
        <fieldset key={label} className="round-counter">
          <legend>{label}</legend>
          <button
            type="button"
            className="button"
            aria-label={`${label} −1`}
            onClick={() => set(step(value, -1))}
          >
            −
          </button>
          <output>{value}</output>
          <button
            type="button"
            className="button"
            aria-label={`${label} +1`}
            onClick={() => set(step(value, 1))}
          >
            +
          </button>
        </fieldset>
      ))}
    </>
  )
}

/** What is found of one person. */
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
      <label className="field">
        <span>{t('round.temperatureOf', { name })}</span>
        <input
          inputMode="decimal"
          value={found.celsius}
          maxLength={5}
          aria-invalid={isWrong(found)}
          onChange={(event) => onChange({ celsius: event.target.value })}
        />
      </label>
      <ChooseMany
        legend={t('round.symptomsOf', { name })}
        chosen={found.symptoms}
        choices={symptoms}
        onChange={(chosen) => onChange({ symptoms: chosen })}
      />
    </div>
  )
}

/** What is entered of a household, and the work that it becomes. */
const useHealthWork = ({ line, visit }: Pick<PartProps, 'line' | 'visit'>) => {
  const { people } = line.household
  const [found, setFound] = useState<Readonly<Record<string, Found>>>({})
  const [water, setWater] = useState({ places: 0, withLarvae: 0 })
  const [drafts, setDrafts] = useState<Readonly<Record<string, CheckDraft>>>({})
  const checks = checksOf(line)
  const isSurvey = visit.tasks.includes('survey')
  const of = (id: string): Found => found[id] ?? nothing
  const draftOf = (id: string): CheckDraft => drafts[id] ?? emptyCheck
  const work = (): PartWork => ({
    part: 'health',
    people: people.map(({ id }) => {
      const temperatureCelsius = celsiusOf(of(id).celsius)
      return {
        personId: id,
        ...(temperatureCelsius === undefined ? {} : { temperatureCelsius }),
        symptoms: [...of(id).symptoms],
      }
    }),
    ...(isSurvey ? { water } : {}),
    ...(checks.length === 0 ? {} : { checks: checkedOf(checks, drafts) }),
  })
  return {
    ...{ people, checks, water, setWater, isSurvey, of, draftOf, work },
    change: (id: string, part: Partial<Found>) => setFound({ ...found, [id]: { ...of(id), ...part } }),
    changeCheck: (id: string, part: Partial<CheckDraft>) =>
      setDrafts({ ...drafts, [id]: { ...draftOf(id), ...part } }),
    isReady: !people.some(({ id }) => isWrong(of(id))) && areChecksReady(checks, drafts),
  }
}

/** The health worker measures everybody of the household in one go. */
export const HealthPart = ({ at, line, visit, onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const entry = useHealthWork({ line, visit })
  const { people, checks, water, isSurvey } = entry
  return (
    <>
      <CheckForms checks={checks} of={entry.draftOf} onChange={entry.changeCheck} />
      {people.length === 0 && checks.length === 0 ? <p className="quiet">{t('round.nobodyYet')}</p> : null}
      {people.map(({ id, member }) => (
        <Person
          key={id}
          name={member.name}
          found={entry.of(id)}
          symptoms={at.symptoms.map(({ code, name }) => ({ value: code, label: name[locale] }))}
          onChange={(change) => entry.change(id, change)}
        />
      ))}
      {isSurvey ? (
        <Water {...water} onChange={(places, withLarvae) => entry.setWater({ places, withLarvae })} />
      ) : null}
      <button
        type="button"
        className="button button-main"
        disabled={!entry.isReady}
        onClick={() => onDone(entry.work())}
      >
        {t('round.recordPart')}
      </button>
    </>
  )
}
