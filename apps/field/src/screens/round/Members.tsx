import {
  type LeftFor,
  leftFor,
  leftForNames,
  relationNames,
  specialNeedNames,
} from '@guankou/contract/households/vocabulary.ts'
import type { PersonState } from '@guankou/domain/households/household-state.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { addressText } from './address-text.ts'
import type { DoorProps } from './HouseholdScreen.tsx'
import { MemberForm, memberPlace } from './MemberForm.tsx'
import { personWith } from './person-with.ts'

type PersonProps = DoorProps & { readonly person: PersonState }

/** What is known of somebody, in one or two lines. */
const About = ({ line, person }: PersonProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { member } = person
  const { document } = member
  const shown =
    document === undefined
      ? undefined
      : `${t(`document.${document.kind}`)} ${'masked' in document ? document.masked : document.number}`
  const phone = 'maskedPhone' in member ? member.maskedPhone : 'phone' in member ? member.phone : undefined
  const reporter = personWith(line.household.people, member.reportedById)?.member.name
  const stays = (member.exposure?.stays ?? []).map(
    ({ originCode, until }) => `${originName(originCode, locale) ?? originCode} ≤ ${until}`,
  )
  const parts = [
    phone,
    shown,
    reporter === undefined ? undefined : t('round.reportedBy', { name: reporter }),
    ...stays,
    member.exposure?.contact === true ? t('round.contact') : undefined,
    ...(member.needs ?? []).map((need) => specialNeedNames[need][locale]),
  ]
  return <p className="quiet">{parts.filter((part) => part !== undefined).join(' · ')}</p>
}

type ChoiceProps = {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  readonly onChoose: (value: string) => void
}

/** A choice that is carried out at once; it can be undone. */
const Choice = ({ label, choices, onChoose }: ChoiceProps) => (
  <label className="field">
    <span>{label}</span>
    <select value="" onChange={(event) => onChoose(event.target.value)}>
      <option value="">—</option>
      {choices.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  </label>
)

/** Where somebody went, or with whom they are one; each can be undone. */
const Changes = ({ at, line, person }: PersonProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const others = line.household.people.filter(({ id }) => id !== person.id)
  const homes = at.lines.filter(({ id }) => id !== line.id)
  const personId = person.id
  return (
    <details className="round-more">
      <summary>{t('round.changes')}</summary>
      <Choice
        label={t('round.left')}
        choices={leftFor.map((value) => ({ value, text: leftForNames[value][locale] }))}
        onChoose={(value) => void at.say({ is: 'member-left', personId, leftFor: value as LeftFor }, line.id)}
      />
      <Choice
        label={t('round.moveTo')}
        choices={homes.map(({ id, address }) => ({ value: id, text: addressText(address) }))}
        onChoose={(toHouseholdId) => void at.say({ is: 'member-moved', personId, toHouseholdId }, line.id)}
      />
      {others.length === 0 ? null : (
        <Choice
          label={t('round.mergeWith', { name: person.member.name })}
          choices={others.map(({ id, member }) => ({ value: id, text: member.name }))}
          onChoose={(mergedId) => void at.say({ is: 'members-merged', keptId: personId, mergedId }, line.id)}
        />
      )}
    </details>
  )
}

const Person = (props: PersonProps) => {
  const { at, line, person } = props
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [isEdited, setEdited] = useState(() => memberPlace(line.id, person.id) in at.book.drafts.get())
  return (
    <li className="row row-flat round-member">
      <div className="round-row-head">
        <b>{person.member.name}</b>
        <span className="mark mark-calm">{relationNames[person.member.relation][locale]}</span>
        <button
          type="button"
          className="button button-small"
          aria-expanded={isEdited}
          onClick={() => setEdited(!isEdited)}
        >
          {t('round.edit')}
        </button>
      </div>
      {person.mergedIds.length === 0 ? null : (
        <p className="quiet">{t('round.merged', { count: person.mergedIds.length })}</p>
      )}
      <About {...props} />
      {isEdited ? (
        <>
          <MemberForm at={at} line={line} person={person} onOver={() => setEdited(false)} />
          <Changes {...props} />
        </>
      ) : null}
    </li>
  )
}

/** Who lives behind the door. */
export const Members = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(() => memberPlace(line.id) in at.book.drafts.get())
  const { people } = line.household
  return (
    <section className="section" aria-labelledby="members-title">
      <h2 id="members-title">{t('round.members', { count: people.length })}</h2>
      <ul className="rows">
        {people.map((person) => (
          <Person key={person.id} at={at} line={line} person={person} />
        ))}
      </ul>
      {isAdding ? (
        <MemberForm at={at} line={line} onOver={() => setAdding(false)} />
      ) : (
        <button type="button" className="button post-wide" onClick={() => setAdding(true)}>
          {t('round.add')}
        </button>
      )}
    </section>
  )
}
