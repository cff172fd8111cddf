import { conveyanceKinds } from '@guankou/contract/screening/vocabulary.ts'
import { usualSeatsPerRowOf } from '@guankou/domain/handovers/near-seats.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draft, isScheduled } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { Key } from './Key.tsx'

type Props = { readonly draft: Draft; readonly act: (action: DraftAction) => void }

type ExactProps = {
  readonly label: string
  readonly least: number
  readonly most: number
  readonly onApply: (n: number) => void
}

/** A number that no key offers. */
const Exact = ({ label, least, most, onApply }: ExactProps) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const n = Number(text)
  const isGood = text !== '' && Number.isInteger(n) && n >= least && n <= most
  return (
    <form
      className="exact"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (isGood) onApply(n)
      }}
    >
      <label className="field">
        <span>
          {label} ({least}–{most})
        </span>
        <input
          inputMode="numeric"
          value={text}
          onChange={(event) => setText(event.target.value.replace(/\D/g, '').slice(0, 3))}
        />
      </label>
      <button type="submit" className="button" disabled={!isGood}>
        {t('lane.apply')}
      </button>
    </form>
  )
}

type CountProps = Props & { readonly home: number; readonly onDiscard: () => void }

/** How many are aboard: one tap for up to nine. */
export const CountPad = ({ draft, act, home, onDiscard }: CountProps) => {
  const { t } = useTranslation()
  const set = (count: number): void => act({ do: 'count', count, originCode: home })
  return (
    <fieldset className="pad pad-three" aria-label={t('lane.countKeys')}>
      <legend className="pad-title">{t('lane.countKeys')}</legend>
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => (
        <Key key={count} pressed={draft.travellers.length === count} onPress={() => set(count)}>
          {count}
        </Key>
      ))}
      {isScheduled(draft.kind) ? (
        <button
          type="button"
          className="button pad-line"
          onClick={() =>
            act({ do: 'by-seat', seatsPerRow: draft.seatsPerRow ?? usualSeatsPerRowOf(draft.kind) })
          }
        >
          {t('seats.bySeat')}
        </button>
      ) : null}
      <Exact label={t('lane.countExact')} least={1} most={100} onApply={set} />
      <button type="button" className="button button-quiet pad-line" onClick={onDiscard}>
        {t('lane.discard')}
      </button>
    </fieldset>
  )
}

/** Vehicles waiting, at one tap. */
export const QueuePad = ({ draft, act }: Props) => {
  const { t } = useTranslation()
  const set = (vehicles: number | null): void => act({ do: 'queue', vehicles })
  return (
    <fieldset className="pad pad-three" aria-label={t('lane.queueKeys')}>
      <legend className="pad-title">{t('lane.queueKeys')}</legend>
      {[0, 5, 10, 20, 40].map((vehicles) => (
        <Key key={vehicles} pressed={draft.queueVehicles === vehicles} onPress={() => set(vehicles)}>
          {vehicles < 20 ? vehicles : `${vehicles}+`}
        </Key>
      ))}
      <Key look="word" pressed={draft.queueVehicles === null} onPress={() => set(null)}>
        {t('lane.queueSkip')}
      </Key>
      <Exact label={t('lane.queueExact')} least={0} most={999} onApply={set} />
    </fieldset>
  )
}

/** What arrives: vehicles, trains, people on foot. */
export const KindPad = ({ draft, act, plateStart }: Props & { readonly plateStart: string }) => {
  const { t } = useTranslation()
  return (
    <fieldset className="pad pad-two" aria-label={t('lane.kind')}>
      {conveyanceKinds.map((kind) => (
        <Key
          key={kind}
          look="word"
          pressed={draft.kind === kind}
          onPress={() => act({ do: 'kind', kind, plateStart })}
        >
          {t(`kind.${kind}`)}
        </Key>
      ))}
    </fieldset>
  )
}
