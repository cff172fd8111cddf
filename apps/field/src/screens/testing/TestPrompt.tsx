import { errors } from '@guankou/contract/errors.ts'
import { type TestOffer, testOfferNames, testOffers } from '@guankou/contract/testing/record-test.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedTraveller } from '#src/lane/asked-people.ts'
import { isPlated } from '#src/lane/draft.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Outcome } from '#src/runtime/record-draft.ts'
import { newSampleCode, type OfferMade, recordTestOffer } from '#src/runtime/record-test-offer.ts'
import { useStore } from '#src/runtime/store.ts'
import { personName } from '../lane/person-text.ts'

const codePattern = '[A-Za-z0-9][A-Za-z0-9\\-]{3,31}'
const isCode = (text: string): boolean => new RegExp(`^${codePattern}$`).test(text)

const reasonKeys = {
  'nobody-arrives': 'testing.reason.others',
  'others-first': 'testing.reason.others',
  everyone: 'testing.reason.everyone',
  'by-lot': 'testing.reason.lot',
  'high-prevalence': 'testing.reason.high',
  'little-known': 'testing.reason.little',
  'best-here': 'testing.reason.best',
} as const

type Props = { readonly outcome: Outcome; readonly asked: AskedTraveller }

/** The code of the tube, what was answered, and recording it. */
const useAnswer = ({ outcome, asked }: Props) => {
  const { runtime, lane } = useField()
  const [text, setText] = useState(newSampleCode)
  const [made, setMade] = useState<OfferMade>()
  const [said, setSaid] = useState<TestOffer>()
  const { fact, content } = outcome
  const sampleCode = text.trim().toUpperCase()
  const answer = async (offer: TestOffer): Promise<void> => {
    setSaid(offer)
    const outcomeOfOffer = await recordTestOffer(runtime, { fact, content, asked }, { offer, sampleCode })
    if (outcomeOfOffer.is === 'recorded') lane.keep()
    setMade(outcomeOfOffer)
  }
  const isPending = said !== undefined && made === undefined
  return { text, setText, sampleCode, made, said, isPending, answer }
}

/** Takes the code and the answer; a refusal stays beside them. */
const AnswerForm = ({ text, setText, made, isPending, answer }: ReturnType<typeof useAnswer>) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('testing.code')}</label>
      <input
        id={id}
        value={text}
        pattern={codePattern}
        autoCapitalize="characters"
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="button-row">
        {testOffers.map((offer) => (
          <button
            key={offer}
            type="button"
            className="button"
            disabled={isPending || (offer === 'taken' && !isCode(text.trim()))}
            onClick={() => void answer(offer)}
          >
            {testOfferNames[offer][locale]}
          </button>
        ))}
      </div>
      {made?.is === 'refused' ? <p role="alert">{errors[made.code].text[locale]}</p> : null}
      {made?.is === 'storage-full' ? <p role="alert">{t('testing.full')}</p> : null}
    </>
  )
}

/** One traveller who is asked: whom, why, the code of the tube, and what became of it. */
const AskOne = (props: Props) => {
  const { outcome, asked } = props
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const answering = useAnswer(props)
  const { sampleCode, made, said } = answering
  const { fact } = outcome
  const about = { people: fact.travellers.length, plated: isPlated(fact.conveyanceKind) }
  const name = personName(t, asked.person.entered, about)
  return (
    <li className="test-ask">
      <p>
        <b>{t('testing.ask', { name })}</b> {t(reasonKeys[asked.asking.reason])}
      </p>
      {made?.is === 'recorded' ? (
        <p role="status" className="test-made">
          {said === undefined ? '' : testOfferNames[said][locale]}
          {said === 'taken' ? ` · ${sampleCode}` : ''}
        </p>
      ) : (
        <AnswerForm {...answering} />
      )}
    </li>
  )
}

/** Under an outcome: whom of this vehicle to ask for a test today, by the quota that the pack holds. */
export const TestPrompt = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t } = useTranslation()
  if (outcome.asked.length === 0) return null
  return (
    <section className="test-prompt" aria-label={t('testing.title')}>
      <h2>{t('testing.title')}</h2>
      <ul>
        {outcome.asked.map((asked) => (
          <AskOne key={asked.person.entered.seat} outcome={outcome} asked={asked} />
        ))}
      </ul>
    </section>
  )
}
