import { useTranslation } from 'react-i18next'
import { type Draft, isPlated, isUntouched } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { soonestMs } from '#src/lane/parked.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatWait } from '#src/screens/format.ts'
import { useNow } from '#src/screens/use-now.ts'
import { conveyanceText } from './conveyance-text.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

/** How many vehicles wait, and whether one of them may be measured again; leads to them. */
export const ParkedSegment = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const parked = useStore(useField().lane.parked)
  const nowMs = useNow(1_000)
  if (parked.length === 0) return null
  const leftMs = Math.min(...parked.map((each) => soonestMs(each, workplace.rules.ruleSet, nowMs)))
  return (
    <button
      type="button"
      className={`segment segment-parked${leftMs === 0 ? ' segment-ready' : ''}`}
      aria-pressed={draft.panel === 'parked'}
      onClick={() => act({ do: 'panel', panel: 'parked' })}
    >
      <small>{t('second.parked')}</small>{' '}
      <span>
        {t('second.parkedShort', { n: parked.length })}
        {leftMs > 0 ? ` ${formatWait(leftMs)}` : ' ●'}
      </span>
    </button>
  )
}

const Row = ({ parked, workplace }: { readonly parked: Draft; readonly workplace: Workplace }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const nowMs = useNow(1_000)
  const leftMs = soonestMs(parked, workplace.rules.ruleSet, nowMs)
  const plate = conveyanceText(t, parked)
  const places = parked.travellers.flatMap(({ seatLabel }) => seatLabel ?? [])
  const people = t('returning.people', { count: parked.travellers.length })
  return (
    <li>
      <button type="button" className="known-person" onClick={() => void lane.resume(parked, workplace)}>
        <span>
          <b>{t('second.parkedRow', { plate, people })}</b>{' '}
          {places.length < 2 ? null : <span className="card-line">{`${places[0]}–${places.at(-1)}`}</span>}
          <span className="card-second">
            {leftMs > 0 ? t('second.left', { time: formatWait(leftMs) }) : t('second.ready')}
          </span>
        </span>
        <span className="known-mark">{t('second.resume')}</span>
      </button>
    </li>
  )
}

/** Vehicles that stand aside, the longest wait first. */
export const ParkedList = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const parked = useStore(useField().lane.parked)
  return (
    <section className="known-people" aria-labelledby="parked-title">
      <h2 id="parked-title" className="parked-title">
        {t('second.parkedTitle')}
      </h2>
      {parked.length === 0 ? <p className="quiet">{t('second.none')}</p> : null}
      <ul className="known-list">
        {parked.map((each) => (
          <Row
            key={`${each.parkedAtMs} ${each.plate} ${each.service?.carriage ?? ''} ${each.travellers[0]?.seatLabel ?? ''}`}
            parked={each}
            workplace={workplace}
          />
        ))}
      </ul>
      {isUntouched(draft) ? null : <p className="quiet">{t('second.swapHint')}</p>}
      <button
        type="button"
        className="button"
        onClick={() =>
          act({
            do: 'panel',
            panel: isPlated(draft.kind) ? 'plate' : draft.atPlace === undefined ? 'temperature' : 'seats',
          })
        }
      >
        {t('lane.next')}
      </button>
    </section>
  )
}
