import type { HandoverPerson } from '@guankou/contract/handovers/commands.ts'
import { nearOf, proposedPeople, usualSeatsPerRowOf } from '@guankou/domain/handovers/near-seats.ts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPlated } from '#src/lane/draft.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { HandoverMade } from '#src/runtime/handover-book.ts'
import type { Outcome } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany } from '#src/screens/chrome/ChoiceChips.tsx'
import { personName } from '#src/screens/lane/person-text.ts'
import { NotMade } from './NotMade.tsx'
import { SeatsOffer } from './SeatsOffer.tsx'

/** The part somebody has who is not an index case: companions go along, who sat in rows stays unless chosen. */
const partOf = (seat: number, near: readonly HandoverPerson[], goesAlong: readonly string[]) =>
  goesAlong.includes(String(seat))
    ? [{ seat, part: 'companion' as const }]
    : near.filter((person) => person.seat === seat && person.part === 'near')

const useOffer = (outcome: Outcome) => {
  const { fact } = outcome
  const seats = fact.travellers.map(({ entered }) => entered.seat)
  const index = fact.travellers
    .filter(({ decision }) => decision.disposition === 'referred')
    .map(({ entered }) => entered.seat)
  const [seatsPerRow, setSeatsPerRow] = useState(fact.seatsPerRow ?? usualSeatsPerRowOf(fact.conveyanceKind))
  const within = nearOf(fact.conveyanceKind, outcome.rules.ruleSet)
  const aboard = fact.travellers.map(({ entered }) => entered)
  const proposed = proposedPeople({ people: aboard, index, seatsPerRow, within })
  const [goesAlong, setGoesAlong] = useState<readonly string[]>(
    proposed.flatMap(({ seat, part }) => (part === 'companion' ? [String(seat)] : [])),
  )
  const others = seats.filter((seat) => !index.includes(seat))
  const people = [
    ...index.map((seat) => ({ seat, part: 'index' as const })),
    ...others.flatMap((seat) => partOf(seat, proposed, goesAlong)),
  ]
  const toggle = (seat: number): void => {
    if (index.includes(seat)) return
    const value = String(seat)
    setGoesAlong(
      goesAlong.includes(value) ? goesAlong.filter((each) => each !== value) : [...goesAlong, value],
    )
  }
  return { index, others, people, toggle, goesAlong, setGoesAlong, seatsPerRow, setSeatsPerRow }
}

type Offer = ReturnType<typeof useOffer>

const Change = ({ outcome, offer }: { readonly outcome: Outcome; readonly offer: Offer }) => {
  const { t } = useTranslation()
  const { fact } = outcome
  const of = { people: fact.travellers.length, plated: isPlated(fact.conveyanceKind) }
  const hasPlaces = fact.travellers.some(({ entered }) => entered.seatLabel !== undefined)
  // Whoever has a place is chosen on the map.
  const isOnMap = (seatLabel: string | undefined): boolean =>
    offer.seatsPerRow !== undefined && (seatLabel !== undefined || !hasPlaces)
  const choices = fact.travellers
    .filter(({ entered }) => offer.others.includes(entered.seat) && !isOnMap(entered.seatLabel))
    .map(({ entered }) => ({ value: String(entered.seat), label: personName(t, entered, of) }))
  return (
    <details className="handover-change">
      <summary>{t('handovers.change')}</summary>
      {offer.seatsPerRow === undefined ? null : (
        <SeatsOffer
          outcome={outcome}
          seatsPerRow={offer.seatsPerRow}
          people={offer.people}
          onToggle={offer.toggle}
        />
      )}
      {choices.length === 0 ? null : (
        <ChooseMany
          legend={t('handovers.who')}
          choices={choices}
          chosen={offer.goesAlong}
          onChange={offer.setGoesAlong}
        />
      )}
      {offer.seatsPerRow === undefined ? null : (
        <label className="field">
          <span>{t('handovers.seatsPerRow')}</span>
          <select
            value={offer.seatsPerRow}
            onChange={(event) => offer.setSeatsPerRow(Number(event.target.value))}
          >
            {[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => (
              <option key={n} value={n}>
                {n}
              </option>
            ))}
          </select>
        </label>
      )}
    </details>
  )
}

const Offered = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t } = useTranslation()
  const { handovers, lane } = useField()
  const navigate = useNavigate()
  const offer = useOffer(outcome)
  const [made, setMade] = useState<HandoverMade>()
  const { fact, content } = outcome
  const along = offer.people.filter(({ part }) => part !== 'near').length
  const near = offer.people.length - along
  const start = async (): Promise<void> => {
    const { jurisdiction, postId, responseId } = fact
    const wish = { jurisdiction, postId, responseId, screeningId: fact.id, people: offer.people }
    const { seatsPerRow } = offer
    const result = await handovers.start(content, { ...wish, seatsPerRow, notBeforeMs: fact.occurredAtMs })
    setMade(result)
    if (result.is !== 'made') return
    lane.keep()
    void navigate({ to: '/handovers/$id', params: { id: result.id } })
  }
  return (
    <>
      <button type="button" className="button button-main handover-start" onClick={() => void start()}>
        {t('handovers.offer', { count: along })}
      </button>
      {near === 0 ? null : <p className="quiet">{t('handovers.offerNear', { count: near })}</p>}
      {offer.others.length === 0 ? null : <Change outcome={outcome} offer={offer} />}
      <NotMade made={made} />
    </>
  )
}

/** Under an outcome that refers somebody: one tap begins the hand-over of them and whoever goes along. */
export const HandoverOffer = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t } = useTranslation()
  const { handovers } = useField()
  const { known } = useStore(handovers.notes)
  const navigate = useNavigate()
  if (!outcome.fact.travellers.some(({ decision }) => decision.disposition === 'referred')) return null
  const begun = known.find(({ opening }) => opening?.screeningId === outcome.fact.id)
  return (
    <section className="handover-offer" aria-label={t('handovers.offerTitle')}>
      {begun === undefined ? (
        <Offered outcome={outcome} />
      ) : (
        <button
          type="button"
          className="button button-main"
          onClick={() => void navigate({ to: '/handovers/$id', params: { id: begun.id } })}
        >
          {t('handovers.go')}
        </button>
      )}
    </section>
  )
}
