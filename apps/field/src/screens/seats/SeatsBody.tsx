import type { PlaceStyle } from '@guankou/domain/manifest/seats.ts'
import { useTranslation } from 'react-i18next'
import { type Draft, type DraftTraveller, placeKeyOf } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { personName, personSummary } from '#src/screens/lane/person-text.ts'
import { rowsFor, SeatMap } from './SeatMap.tsx'
import { markOf, personAt, placeText, tallyOf } from './seat-state.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

/** How places lie and are written; fixed once a list says it. */
const Rows = ({ draft, act }: Omit<Props, 'workplace'>) => {
  const { t } = useTranslation()
  const { seatsPerRow, placeStyle = 'letters' } = draft
  if (seatsPerRow === undefined || draft.travellers.some(({ seatLabel }) => seatLabel !== undefined))
    return null
  return (
    <div className="service-row">
      <label className="field">
        <span>{t('handovers.seatsPerRow')}</span>
        <select
          value={seatsPerRow}
          onChange={(event) =>
            act({ do: 'rows', seatsPerRow: Number(event.target.value), style: placeStyle })
          }
        >
          {[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('seats.style')}</span>
        <select
          value={placeStyle}
          onChange={(event) => act({ do: 'rows', seatsPerRow, style: event.target.value as PlaceStyle })}
        >
          <option value="letters">{t('seats.styles.letters')}</option>
          <option value="numbers">{t('seats.styles.numbers')}</option>
        </select>
      </label>
    </div>
  )
}

const Current = ({ draft }: Pick<Props, 'draft'>) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const there = personAt(draft, draft.atPlace)
  const { aboard, expected, absent } = tallyOf(draft)
  const listed = expected + absent > 0
  return (
    <div className="seat-now">
      <p>
        <b>{placeText(t, draft)}</b>{' '}
        <span className="quiet">
          {listed ? t('seats.tallyList', { aboard, expected, absent }) : t('seats.tally', { count: aboard })}
        </span>
      </p>
      <span>{there === undefined ? t('seats.nobodyYet') : personSummary(t, there, locale)}</span>
    </div>
  )
}

type RowProps = Props & { readonly person: DraftTraveller }

const PersonRow = ({ draft, act, workplace, person }: RowProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const key = placeKeyOf(person)
  const { sign, words } = markOf(t, person, workplace.rules.ruleSet.feverThresholdCelsius)
  return (
    <li>
      <button
        type="button"
        className="known-person"
        aria-pressed={person.presence === undefined}
        aria-current={key === draft.atPlace ? 'true' : undefined}
        onClick={() => act({ do: 'place-go', place: key })}
      >
        <span>
          <b>{personName(t, person, { people: 2, plated: false })}</b>{' '}
          <span className="card-line">{personSummary(t, person, locale)}</span>
        </span>
        <span className="known-mark">
          {sign} {words}
        </span>
      </button>
    </li>
  )
}

/** Everyone by their place, and who is next. */
export const SeatsBody = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const { seatsPerRow, atPlace = '' } = draft
  const threshold = workplace.rules.ruleSet.feverThresholdCelsius
  const places = draft.travellers.flatMap(({ seatLabel }) => seatLabel ?? [])
  const shown = seatsPerRow === undefined || atPlace.startsWith('#') ? places : [...places, atPlace]
  const unplaced = draft.travellers.filter(
    (each) => seatsPerRow === undefined || each.seatLabel === undefined,
  )
  return (
    <>
      <Current draft={draft} />
      <Rows draft={draft} act={act} />
      {seatsPerRow === undefined ? null : (
        <SeatMap
          label={t('seats.map')}
          places={places}
          seatsPerRow={seatsPerRow}
          rows={rowsFor(shown, seatsPerRow)}
          usual={draft.placeStyle ?? 'letters'}
          current={atPlace}
          markOf={(place) => markOf(t, personAt(draft, place), threshold)}
          onPress={(place) => act({ do: 'place-go', place })}
        />
      )}
      {unplaced.length === 0 ? null : (
        <ul className="known-list seat-list" aria-label={t('seats.unplaced')}>
          {unplaced.map((person) => (
            <PersonRow key={person.seat} draft={draft} act={act} workplace={workplace} person={person} />
          ))}
        </ul>
      )}
    </>
  )
}
