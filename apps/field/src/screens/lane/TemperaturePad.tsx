import { useTranslation } from 'react-i18next'
import { missingOf } from '#src/lane/build-command.ts'
import { activeTraveller, type Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { formatCelsius } from '#src/screens/format.ts'
import { Key } from './Key.tsx'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly thresholdCelsius: number
  readonly onFinish: () => void
}

/** Leads to what is missing, or finishes. */
export const finishOrLead = (draft: Draft, act: Props['act'], onFinish: () => void): void => {
  const [missing] = missingOf(draft)
  if (missing === undefined) onFinish()
  else if (missing.is === 'plate') act({ do: 'panel', panel: 'plate' })
  else if (missing.is === 'implausible') act({ do: 'activate', seat: missing.seat, panel: 'temperature' })
  else if (missing.is === 'phone') act({ do: 'activate', seat: missing.seat, panel: 'person' })
  else if (missing.is === 'temperature')
    act({ do: 'activate', seat: missing.seats[0] ?? 1, panel: 'temperature' })
  // Another kind was chosen after the list: whoever is waited for is found among the places all the same.
  else if (missing.is === 'expected' && draft.atPlace === undefined)
    act({ do: 'by-seat', seatsPerRow: draft.seatsPerRow })
  else act({ do: 'panel', panel: draft.atPlace === undefined ? 'count' : 'seats' })
}

/** Three digits a person, or one tap for all. */
export const TemperaturePad = ({ draft, act, thresholdCelsius, onFinish }: Props) => {
  const { t } = useTranslation()
  const at = (): string => new Date(Date.now()).toISOString()
  const threshold = formatCelsius(thresholdCelsius)
  const digit = (each: string) => (
    <Key key={each} onPress={() => act({ do: 'digit', digit: each, at: at(), thresholdCelsius })}>
      {each}
    </Key>
  )
  return (
    <fieldset className="pad pad-three" aria-label={t('lane.temperatureKeys')}>
      <Key
        look="word"
        label={t('lane.underAllLabel', { threshold })}
        onPress={() => act({ do: 'under-threshold', at: at(), everyone: true })}
      >
        {t('lane.underAll', { threshold })}
      </Key>
      <Key
        look="word"
        label={t('lane.underLabel', { threshold })}
        onPress={() => act({ do: 'under-threshold', at: at(), everyone: false })}
      >
        {t('lane.under', { threshold })}
      </Key>
      <Key look="word" label={t('lane.erase')} onPress={() => act({ do: 'temperature-back' })}>
        <Icon name="erase" />
      </Key>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
      <Key
        look="word"
        onPress={() => act({ do: 'activate', seat: activeTraveller(draft).seat, panel: 'person' })}
      >
        {t('lane.details')}
      </Key>
      {digit('0')}
      <Key look="go" blocked={missingOf(draft).length > 0} onPress={() => finishOrLead(draft, act, onFinish)}>
        {t('lane.finish')}
      </Key>
    </fieldset>
  )
}
