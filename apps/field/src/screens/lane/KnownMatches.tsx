import { useTranslation } from 'react-i18next'
import type { Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { type KnownVehicle, lastAboard, unnamedAboard } from '#src/lane/known-vehicle.ts'
import { displayPlate } from '#src/lane/plate.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatCelsius } from '#src/screens/format.ts'
import { useNow } from '#src/screens/use-now.ts'
import { lastText } from './known-text.ts'

type Props = {
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

/** The same people as last time, all measured and under the threshold. */
export const sameAgain = (vehicle: KnownVehicle, originCode: number): DraftAction => ({
  do: 'same-people',
  people: lastAboard(vehicle),
  others: unnamedAboard(vehicle),
  originCode,
  underAt: new Date(Date.now()).toISOString(),
})

const Match = ({ vehicle, act, workplace }: Props & { readonly vehicle: KnownVehicle }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const nowMs = useNow(60_000)
  const threshold = formatCelsius(workplace.rules.ruleSet.feverThresholdCelsius)
  const count = vehicle.passages[0]?.people ?? 0
  const plate = displayPlate(vehicle.plate)
  const when = lastText(t, vehicle, nowMs)
  const people = t('returning.people', { count })
  const take = (): void => act({ do: 'plate', plate: vehicle.plate, kind: vehicle.kind })
  return (
    <li className="match">
      <button
        type="button"
        className="match-open"
        onClick={() => {
          take()
          act({ do: 'panel', panel: 'returning' })
        }}
      >
        <b>{plate}</b> <span className="card-line">{when}</span>{' '}
        <span className="only-heard">{t('returning.open', { people })}</span>
      </button>
      <button
        type="button"
        className="match-go"
        onClick={() => {
          take()
          act(sameAgain(vehicle, homeOrigin(workplace.post)))
          void lane.passAgain(workplace)
        }}
      >
        {t('returning.passAgain', { n: count, threshold })} <span className="only-heard">{plate}</span>
      </button>
    </li>
  )
}

/** Vehicles that the plate may become: one tap to see who was aboard, one to let them pass as last time. */
export const KnownMatches = ({ act, workplace }: Props) => {
  const { t } = useTranslation()
  const matches = useStore(useField().lane.known.matches)
  return (
    <ul className="matches" aria-label={t('returning.matches')}>
      {matches.map((vehicle) => (
        <Match key={vehicle.plate} vehicle={vehicle} act={act} workplace={workplace} />
      ))}
    </ul>
  )
}

/** Said while something else is being entered: who was aboard came late, and moves no key under a thumb. */
export const KnownOffer = ({ draft, act }: Pick<Props, 'act'> & { readonly draft: Draft }) => {
  const { t } = useTranslation()
  const known = useStore(useField().lane.known.current)
  const nowMs = useNow(60_000)
  const isOpen = draft.travellers.every(
    ({ readings, sameAs }) => readings.length === 0 && sameAs === undefined,
  )
  if (known === undefined || !isOpen) return null
  const people = t('returning.people', { count: known.passages[0]?.people ?? 0 })
  return (
    <div className="notice notice-row notice-slim" role="status">
      <span>{t('returning.offer', { when: lastText(t, known, nowMs), people })}</span>
      <button
        type="button"
        className="button button-small"
        onClick={() => act({ do: 'panel', panel: 'returning' })}
      >
        {t('returning.offerOpen')}
      </button>
    </div>
  )
}
