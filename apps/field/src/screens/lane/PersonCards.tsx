import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { aboardOf, type Draft, type DraftTraveller, isPlated } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { isHot, waitLeftMs } from '#src/lane/temperature.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatWait } from '#src/screens/format.ts'
import { useNow } from '#src/screens/use-now.ts'
import { personName, personSummary, readingText } from './person-text.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

const SecondReading = ({
  traveller,
  workplace,
}: { readonly traveller: DraftTraveller } & Pick<Props, 'workplace'>) => {
  const { t } = useTranslation()
  const nowMs = useNow(1_000)
  const [first] = traveller.readings
  if (first === undefined) return null
  const { secondReadingWaitMinutes } = workplace.rules.ruleSet
  const leftMs = waitLeftMs(Date.parse(first.at), nowMs, secondReadingWaitMinutes)
  return (
    <span className="card-second">
      {leftMs > 0 ? t('lane.secondWait', { time: formatWait(leftMs) }) : t('lane.secondNow')}
    </span>
  )
}

type CardProps = Props & { readonly traveller: DraftTraveller }

const PersonCard = ({ draft, act, workplace, traveller }: CardProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const active = traveller.seat === draft.activeSeat
  const element = useRef<HTMLLIElement>(null)
  const readings = traveller.readings.length
  useEffect(() => {
    if (active && readings >= 0) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active, readings])
  const threshold = workplace.rules.ruleSet.feverThresholdCelsius
  const person = personName(t, traveller, { people: aboardOf(draft).length, plated: isPlated(draft.kind) })
  const summary = personSummary(t, traveller, locale)
  const value = readingText(t, traveller, threshold)
  const hot = traveller.readings.some((reading) => isHot(reading, threshold))
  const activate = (panel: 'temperature' | 'person') => act({ do: 'activate', seat: traveller.seat, panel })
  return (
    <li ref={element} className={`card${active ? ' card-active' : ''}${hot ? ' card-hot' : ''}`}>
      <button type="button" className="card-person" onClick={() => activate('person')}>
        <b>{person}</b> <span className="card-line">{summary}</span>{' '}
        <span className="only-heard">{t('lane.tapForDetails')}</span>
        {needsSecondReading(traveller.readings, threshold) ? (
          <SecondReading traveller={traveller} workplace={workplace} />
        ) : null}
      </button>
      <button
        type="button"
        className={`card-reading${traveller.readings.length === 0 ? ' card-open' : ''}`}
        aria-label={t('lane.temperatureOf', { person, value })}
        aria-current={active ? 'true' : undefined}
        onClick={() => activate('temperature')}
      >
        {hot ? <span aria-hidden="true">▲ </span> : null}
        {value}
      </button>
    </li>
  )
}

/** Everyone aboard: who on the left, temperature on the right. */
export const PersonCards = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  return (
    <ul className="cards" aria-label={t('lane.people')}>
      {aboardOf(draft).map((traveller) => (
        <PersonCard
          key={traveller.seat}
          draft={draft}
          act={act}
          workplace={workplace}
          traveller={traveller}
        />
      ))}
    </ul>
  )
}
