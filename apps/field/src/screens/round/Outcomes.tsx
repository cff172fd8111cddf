import {
  type DoorOutcome,
  doorOutcomeNames,
  doorOutcomes,
  nextStepNames,
  type VisitTask,
} from '@guankou/contract/households/vocabulary.ts'
import { retryRuleOf } from '@guankou/domain/households/visit-rules.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checksOf } from '#src/round/quarantine-checks.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import type { DoorProps } from './HouseholdScreen.tsx'

/** Tasks of a visit: all that the door is due for, or a first registration where nothing was asked. */
export const tasksOf = ({ line }: Pick<DoorProps, 'line'>): VisitTask[] =>
  line.due.length === 0 ? ['register'] : line.due.map(({ task }) => task)

/** The door opened, or what became of it instead; one tap each. */
export const Outcomes = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const id = useId()
  const [note, setNote] = useState('')
  const say = (outcome: DoorOutcome): void => {
    const text = note.trim()
    const tasks = line.due.map(({ task }) => task)
    const checks = checksOf(line).map(({ quarantineId, way }) => ({ quarantineId, way }))
    const more = { ...(text === '' ? {} : { note: text }), ...(checks.length === 0 ? {} : { checks }) }
    void at.say({ is: 'door-outcome', outcome, tasks, ...more }, line.id)
    setNote('')
  }
  return (
    <>
      <button
        type="button"
        className="button button-main round-open"
        onClick={() => void at.say({ is: 'visit-opened', tasks: tasksOf({ line }) }, line.id)}
      >
        {t('round.begin')}
      </button>
      <fieldset className="round-outcomes">
        <legend>{t('round.instead')}</legend>
        {doorOutcomes.map((outcome) => (
          <button key={outcome} type="button" className="button round-outcome" onClick={() => say(outcome)}>
            <b>{doorOutcomeNames[outcome][locale]}</b>
            <small>{nextStepNames[retryRuleOf(at.rules.rules, outcome).step][locale]}</small>
          </button>
        ))}
      </fieldset>
      <label className="field" htmlFor={id}>
        <span>{t('round.noteFirst')}</span>
        <input id={id} value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
      </label>
    </>
  )
}
