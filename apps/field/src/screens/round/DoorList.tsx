import { doorOutcomeNames, nextStepNames, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DoorLine, DoorState } from '#src/round/doors.ts'
import { checksOf } from '#src/round/quarantine-checks.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '../format.ts'
import { buildingText, doorText } from './address-text.ts'
import type { RoundAtHand } from './use-round.ts'

export const toneOfDoor: Readonly<Record<DoorState, string>> = {
  visiting: 'advice',
  due: 'look',
  again: 'look',
  later: 'advice',
  ended: 'act',
  complete: 'calm',
  idle: 'calm',
}

/** What a door asks for now, in words. */
export const DoorNextText = ({ line }: { readonly line: DoorLine }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { next } = line
  if (next === undefined) return null
  const { outcome, step, againFromMs, attempt } = next
  return (
    <span className="quiet">
      {t('round.attempt', { outcome: doorOutcomeNames[outcome][locale], n: attempt })} →{' '}
      {nextStepNames[step][locale]}
      {againFromMs === null ? '' : ` · ${t('round.from', { time: formatMoment(againFromMs) })}`}
    </span>
  )
}

const Row = ({ line }: { readonly line: DoorLine }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { household, due, state, door } = line
  const people = household.people.map(({ member }) => member.name)
  const sought = checksOf(line).flatMap(({ name }) => (name === null || people.includes(name) ? [] : [name]))
  const names = [...sought, ...people].join('、')
  return (
    <li>
      <Link to="/round/$id" params={{ id: line.id }} className="row round-row">
        <span className="round-row-head">
          <b>{doorText(line.address)}</b>
          <span className={`mark mark-${toneOfDoor[state]}`}>{t(`round.states.${state}`)}</span>
        </span>
        <span className="quiet">
          {[due.map(({ task }) => visitTaskNames[task][locale]).join('、'), door.askFor ?? names]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
        <DoorNextText line={line} />
      </Link>
    </li>
  )
}

/** Doors in walking order, under the building they are in. */
export const DoorList = ({ at }: { readonly at: RoundAtHand }) => {
  const { t } = useTranslation()
  const [hidden, shown] = [
    at.lines.filter(({ state }) => state === 'complete' || state === 'idle'),
    at.lines.filter(({ state }) => state !== 'complete' && state !== 'idle'),
  ]
  const buildings = (lines: readonly DoorLine[]) => [
    ...Map.groupBy(lines, ({ address }) => buildingText(address)),
  ]
  const sections = (lines: readonly DoorLine[]) =>
    buildings(lines).map(([building, own]) => (
      <section key={building}>
        <h2 className="round-building">
          {building} <span className="quiet">{t('round.doors', { count: own.length })}</span>
        </h2>
        <ul className="rows">
          {own.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ul>
      </section>
    ))
  return (
    <>
      {at.lines.length === 0 && at.round !== undefined ? <p className="empty">{t('round.none')}</p> : null}
      {sections(shown)}
      {hidden.length === 0 ? null : (
        <details className="round-done">
          <summary>{t('round.done', { count: hidden.length })}</summary>
          {sections(hidden)}
        </details>
      )}
    </>
  )
}
