import { useTranslation } from 'react-i18next'
import { type Draft, hasContent, wasEntered } from '#src/lane/draft.ts'
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

/** Where a whole plate leads: people who were measured already stand, whoever was aboard last time. */
export const afterPlate = (draft: Draft, known: KnownVehicle | undefined): 'count' | 'returning' =>
  known === undefined || draft.travellers.some(wasEntered) ? 'count' : 'returning'

type Props = {
  readonly draft: Draft
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

/** When it was here, and who was aboard, as covered as they may be shown: enough to look whether it is them again. */
const lastWho = (when: string, vehicle: KnownVehicle): string => {
  const who = lastAboard(vehicle).flatMap(({ name, document }) => name ?? document ?? [])
  return [when, ...(who.length === 0 ? [] : [who.join(' ')])].join(' · ')
}

const PassAgain = ({
  vehicle,
  act,
  workplace,
  take,
}: Omit<Props, 'draft'> & { readonly vehicle: KnownVehicle; readonly take: () => void }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const threshold = formatCelsius(workplace.rules.ruleSet.feverThresholdCelsius)
  const n = vehicle.passages[0]?.people ?? 0
  return (
    <button
      type="button"
      className="match-go"
      onClick={() => {
        take()
        act(sameAgain(vehicle, homeOrigin(workplace.post)))
        void lane.passAgain(workplace)
      }}
    >
      {t('returning.passAgain', { n, threshold })}{' '}
      <span className="only-heard">{displayPlate(vehicle.plate)}</span>
    </button>
  )
}

const Match = ({ vehicle, draft, act, workplace }: Props & { readonly vehicle: KnownVehicle }) => {
  const { t } = useTranslation()
  const nowMs = useNow(60_000)
  const people = t('returning.people', { count: vehicle.passages[0]?.people ?? 0 })
  const take = (): void => act({ do: 'plate', plate: vehicle.plate, kind: vehicle.kind })
  const isEntered = draft.travellers.some(wasEntered)
  return (
    <li className={isEntered ? 'match match-one' : 'match'}>
      <button
        type="button"
        className="match-open"
        onClick={() => {
          take()
          act({ do: 'panel', panel: isEntered ? 'temperature' : 'returning' })
        }}
      >
        <b>{displayPlate(vehicle.plate)}</b>{' '}
        <span className="card-line match-who">{lastWho(lastText(t, vehicle, nowMs), vehicle)}</span>{' '}
        <span className="only-heard">{t('returning.open', { people })}</span>
      </button>
      {isEntered ? null : <PassAgain vehicle={vehicle} act={act} workplace={workplace} take={take} />}
    </li>
  )
}

/** Vehicles that the plate may become: one tap to see who was aboard, one to let them pass as last time. */
export const KnownMatches = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const matches = useStore(useField().lane.known.matches)
  return (
    <ul className="matches" aria-label={t('returning.matches')}>
      {matches.map((vehicle) => (
        <Match key={vehicle.plate} vehicle={vehicle} draft={draft} act={act} workplace={workplace} />
      ))}
    </ul>
  )
}

/** Said while something else is being entered: who was aboard came late, and moves no key under a thumb. */
export const KnownOffer = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const known = useStore(useField().lane.known.current)
  const nowMs = useNow(60_000)
  if (known === undefined || draft.travellers.some(hasContent)) return null
  const people = t('returning.people', { count: known.passages[0]?.people ?? 0 })
  return (
    <>
      <p className="only-heard" role="status">
        {t('returning.offer', { when: lastText(t, known, nowMs), people })}
      </p>
      <ul className="matches matches-late" aria-label={t('returning.matches')}>
        <Match vehicle={known} draft={draft} act={act} workplace={workplace} />
      </ul>
    </>
  )
}
