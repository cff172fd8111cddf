import { needsSecondReading } from '@guankou/domain/screening/fever.ts'
import { secondMethods } from '@guankou/domain/screening/second-reading.ts'
import { useTranslation } from 'react-i18next'
import { missingOf } from '#src/lane/build-command.ts'
import { activeTraveller, type Draft, isPlated } from '#src/lane/draft.ts'
import { type DraftAction, methodFor } from '#src/lane/draft-reducer.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { formatCelsius } from '#src/screens/format.ts'
import { personName } from './person-text.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

/** A number that no thermometer should show: asked about, and taken as it is by whoever looked twice. */
const Implausible = ({ draft, act }: Omit<Props, 'workplace'>) => {
  const { t } = useTranslation()
  const asked = missingOf(draft).find((missing) => missing.is === 'implausible')
  if (asked?.is !== 'implausible') return null
  const { seat, celsius } = asked
  const value = formatCelsius(celsius)
  const traveller = draft.travellers.find((each) => each.seat === seat) ?? activeTraveller(draft)
  const of = { people: draft.travellers.length, plated: isPlated(draft.kind) }
  return (
    <div className="notice second" role="alert">
      <p>{t('second.implausible', { person: personName(t, traveller, of), value })}</p>
      <div className="second-row">
        <button
          type="button"
          className="button"
          onClick={() => {
            act({ do: 'activate', seat, panel: 'temperature' })
            act({ do: 'person', seat, change: { typed: '', readings: [] } })
          }}
        >
          {t('second.again')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() =>
            act({
              do: 'person',
              seat,
              change: { checkedCelsius: [...(traveller.checkedCelsius ?? []), celsius] },
            })
          }
        >
          {t('second.isRight', { value })}
        </button>
      </div>
    </div>
  )
}

/** What a first reading over the threshold asks for: another method, and time in which the next vehicle may go on. */
export const SecondStrip = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const traveller = activeTraveller(draft)
  const threshold = workplace.rules.ruleSet.feverThresholdCelsius
  const [first] = traveller.readings
  const asks = first !== undefined && needsSecondReading(traveller.readings, threshold)
  const chosen = methodFor(draft, traveller, threshold)
  return (
    <>
      <Implausible draft={draft} act={act} />
      {asks ? (
        <fieldset className="second">
          <legend>{t('second.by')}</legend>
          <div className="second-row">
            {secondMethods(first.method).map((method) => (
              <button
                key={method}
                type="button"
                className="choice-button"
                aria-pressed={method === chosen}
                onClick={() => act({ do: 'second-method', method })}
              >
                {t(`method.${method}`)}
              </button>
            ))}
            <button type="button" className="choice-button" onClick={() => void lane.park(workplace.post)}>
              {t('second.park')}
              <span className="only-heard">{t('second.parkMore')}</span>
            </button>
          </div>
        </fieldset>
      ) : null}
    </>
  )
}
