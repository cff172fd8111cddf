import { useTranslation } from 'react-i18next'
import { missingOf } from '#src/lane/build-command.ts'
import { type Draft, isNamed, wasExamined } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { formatCelsius } from '#src/screens/format.ts'
import { Key } from '#src/screens/lane/Key.tsx'
import { finishOrLead } from '#src/screens/lane/TemperaturePad.tsx'
import { personAt, placeText, tallyOf } from './seat-state.ts'

type Props = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

const now = (): string => new Date(Date.now()).toISOString()

/** Everyone still waited for, at one tap: here and under the threshold, or not aboard. */
const RestKeys = ({ draft, act, threshold }: Omit<Props, 'workplace'> & { readonly threshold: string }) => {
  const { t } = useTranslation()
  const { expected, aboard } = tallyOf(draft)
  if (expected === 0)
    return (
      <Key
        look="word"
        wide={2}
        blocked={aboard === 0}
        onPress={() => act({ do: 'under-threshold', at: now(), everyone: true })}
      >
        {t('lane.underAll', { threshold })}
      </Key>
    )
  return (
    <>
      <Key
        look="word"
        onPress={() => {
          act({ do: 'rest-here' })
          act({ do: 'under-threshold', at: now(), everyone: true })
        }}
      >
        {t('seats.restUnder', { count: expected, threshold })}
      </Key>
      <Key look="word" onPress={() => act({ do: 'rest-absent' })}>
        {t('seats.restAbsent', { count: expected })}
      </Key>
    </>
  )
}

/** One tap a place: under the threshold, and the next is offered. */
export const SeatsPad = ({ draft, act, workplace }: Props) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const originCode = homeOrigin(workplace.post)
  const threshold = formatCelsius(workplace.rules.ruleSet.feverThresholdCelsius)
  const place = placeText(t, draft)
  const person = personAt(draft, draft.atPlace)
  const isListed = person !== undefined && (person.presence !== undefined || isNamed(person))
  return (
    <fieldset className="pad pad-three" aria-label={t('seats.keys')}>
      <Key look="go" wide={3} onPress={() => act({ do: 'place-under', at: now(), originCode })}>
        {t('seats.underNext', { place, threshold })}
      </Key>
      <Key
        look="word"
        blocked={person !== undefined && person.presence === undefined && wasExamined(person)}
        onPress={() => act({ do: 'place-empty' })}
      >
        {isListed ? t('seats.notAboard') : t('seats.empty')}
      </Key>
      <Key look="word" onPress={() => act({ do: 'place-here', originCode, panel: 'temperature' })}>
        {t('seats.measure')}
      </Key>
      <Key look="word" onPress={() => act({ do: 'place-here', originCode, panel: 'person' })}>
        {t('lane.details')}
      </Key>
      <RestKeys draft={draft} act={act} threshold={threshold} />
      <Key look="word" onPress={() => act({ do: 'place-under', at: now(), originCode, unplaced: true })}>
        {t('seats.unplacedOne', { threshold })}
      </Key>
      <Key look="word" onPress={() => lane.discard(workplace.post)}>
        {t('lane.discard')}
      </Key>
      <Key
        look="go"
        wide={2}
        blocked={missingOf(draft).length > 0}
        onPress={() => finishOrLead(draft, act, () => void lane.finish(workplace))}
      >
        {t('lane.finish')}
      </Key>
    </fieldset>
  )
}
