import type { HandoverPerson } from '@guankou/contract/handovers/commands.ts'
import { handoverPartNames } from '@guankou/contract/handovers/vocabulary.ts'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { Outcome } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { rowsFor, SeatMap, type SeatMark } from '#src/screens/seats/SeatMap.tsx'

type Props = {
  readonly outcome: Outcome
  readonly seatsPerRow: number
  readonly people: readonly HandoverPerson[]
  /** Somebody who is no index case was chosen to go along, or not to. */
  readonly onToggle: (seat: number) => void
}

const signs = { index: '▲', companion: '→', near: '◐' } as const
const tones = { index: 'index', companion: 'hot', near: 'near' } as const

/** Who sat where, and what part each has in the hand-over. */
export const SeatsOffer = ({ outcome, seatsPerRow, people, onToggle }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const aboard = outcome.fact.travellers.map(({ entered }) => entered)
  const hasPlaces = aboard.some(({ seatLabel }) => seatLabel !== undefined)
  const placeOf = ({ seat, seatLabel }: (typeof aboard)[number]) =>
    seatLabel ?? (hasPlaces ? undefined : String(seat))
  const places = aboard.flatMap((person) => placeOf(person) ?? [])
  const seatAt = (place: string) => aboard.find((person) => placeOf(person) === place)?.seat
  const markOf = (place: string): SeatMark => {
    const seat = seatAt(place)
    if (seat === undefined) return { sign: '', tone: 'free', words: t('seats.free') }
    const part = people.find((each) => each.seat === seat)?.part
    return part === undefined
      ? { sign: '·', tone: 'taken', words: t('seats.aboard') }
      : { sign: signs[part], tone: tones[part], words: handoverPartNames[part][locale] }
  }
  return (
    <>
      <SeatMap
        label={t('seats.map')}
        places={places}
        seatsPerRow={seatsPerRow}
        rows={rowsFor(places, seatsPerRow)}
        usual="letters"
        markOf={markOf}
        onPress={(place) => {
          const seat = seatAt(place)
          if (seat !== undefined) onToggle(seat)
        }}
      />
      <p className="quiet">{t('seats.handoverKey')}</p>
    </>
  )
}
