import { originName } from '@guankou/geodata/divisions/origins.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { type KnownPerson, type KnownVehicle, lastAboard, unnamedAboard } from '#src/lane/known-vehicle.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatCelsius } from '#src/screens/format.ts'
import { useNow } from '#src/screens/use-now.ts'
import { Key } from './Key.tsx'
import { knownName, whenText } from './known-text.ts'
import { useEnter } from './use-hardware-keys.ts'

type Props = {
  readonly vehicle: KnownVehicle
  readonly act: (action: DraftAction) => void
  readonly workplace: Workplace
}

/** No vehicle that is offered again holds more besides those who are known. */
const mostOthers = 9

const keyOf = ({ sameAs }: KnownPerson): string => `${sameAs.screeningId}|${sameAs.seat}`

const Passages = ({ vehicle, workplace }: Omit<Props, 'act'>) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const nowMs = useNow(60_000)
  const { posts } = workplace.content
  const nameOf = (postId: number): string =>
    posts.find(({ id }) => id === postId)?.name[locale] ?? t('returning.elsewhere')
  return (
    <ul className="passages" aria-label={t('returning.title')}>
      {vehicle.passages.slice(0, 3).map((passage) => (
        <li key={passage.screeningId}>
          {[
            whenText(t, passage.occurredAtMs, nowMs),
            nameOf(passage.postId),
            t('returning.people', { count: passage.people }),
          ].join(' · ')}
        </li>
      ))}
    </ul>
  )
}

type RowProps = {
  readonly person: KnownPerson
  readonly index: number
  readonly lastTime: boolean
  readonly aboard: boolean
  readonly onToggle: () => void
}

const PersonRow = ({ person, index, lastTime, aboard, onToggle }: RowProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const name = knownName(person)
  const from = originName(person.originCode, locale) ?? String(person.originCode)
  return (
    <li>
      <button type="button" className="known-person" aria-pressed={aboard} onClick={onToggle}>
        <span>
          <b>{name === '' ? t('returning.unnamed', { n: index + 1 }) : name}</b>{' '}
          <span className="card-line">{lastTime ? from : `${from} · ${t('returning.notLast')}`}</span>
        </span>
        <span className="known-mark">{aboard ? `✓ ${t('returning.aboard')}` : t('returning.notAboard')}</span>
      </button>
    </li>
  )
}

/** Who is aboard this time, as it is chosen; begins as it was last time. */
const useChoice = (vehicle: KnownVehicle) => {
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [others, setOthers] = useState(unnamedAboard(vehicle))
  const last = new Set(lastAboard(vehicle).map(keyOf))
  const isAboard = (person: KnownPerson): boolean => changed.get(keyOf(person)) ?? last.has(keyOf(person))
  return {
    isAboard,
    toggle: (person: KnownPerson) => setChanged(new Map([...changed, [keyOf(person), !isAboard(person)]])),
    people: vehicle.offered.map(({ person }) => person).filter(isAboard),
    others,
    add: (n: number) => setOthers(Math.min(mostOthers, Math.max(0, others + n))),
  }
}

type Choice = ReturnType<typeof useChoice>

const Keys = ({ choice, act, workplace }: Omit<Props, 'vehicle'> & { readonly choice: Choice }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const { people, others } = choice
  const originCode = homeOrigin(workplace.post)
  const threshold = formatCelsius(workplace.rules.ruleSet.feverThresholdCelsius)
  const n = people.length + others
  const confirm = (underAt?: string): void =>
    act({ do: 'same-people', people, others, originCode, ...(underAt === undefined ? {} : { underAt }) })
  useEnter(() => (n === 0 ? undefined : confirm()))
  return (
    <fieldset className="pad pad-three" aria-label={t('returning.title')}>
      <legend className="pad-title">{t('returning.others', { n: others })}</legend>
      <Key look="word" blocked={others === 0} onPress={() => choice.add(-1)}>
        {t('returning.fewer')}
      </Key>
      <Key look="word" onPress={() => choice.add(1)}>
        {t('returning.more')}
      </Key>
      <Key look="word" onPress={() => act({ do: 'panel', panel: 'count' })}>
        {t('returning.anew')}
      </Key>
      <Key look="word" wide={3} blocked={n === 0} onPress={() => (n === 0 ? undefined : confirm())}>
        {t('returning.measure')}
      </Key>
      <Key
        look="go"
        wide={3}
        blocked={n === 0}
        onPress={() => {
          if (n === 0) return
          confirm(new Date(Date.now()).toISOString())
          void lane.passAgain(workplace)
        }}
      >
        {t('returning.underAndPass', { n, threshold })}
      </Key>
    </fieldset>
  )
}

/** A vehicle that was here before: who is aboard again, one tap to measure, one to let all pass. */
export const Returning = ({ vehicle, act, workplace }: Props) => {
  const { t } = useTranslation()
  const choice = useChoice(vehicle)
  return (
    <>
      <div className="known-people">
        <Passages vehicle={vehicle} workplace={workplace} />
        <ul className="known-list" aria-label={t('returning.who')}>
          {vehicle.offered.map(({ person, lastAboard: lastTime }, index) => (
            <PersonRow
              key={keyOf(person)}
              person={person}
              index={index}
              lastTime={lastTime}
              aboard={choice.isAboard(person)}
              onToggle={() => choice.toggle(person)}
            />
          ))}
        </ul>
      </div>
      <Keys choice={choice} act={act} workplace={workplace} />
    </>
  )
}
