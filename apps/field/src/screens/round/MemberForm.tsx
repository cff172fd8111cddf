import {
  relationNames,
  relations,
  specialNeedNames,
  specialNeeds,
} from '@guankou/contract/households/vocabulary.ts'
import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import type { PersonState } from '@guankou/domain/households/household-state.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { draftPlace } from '#src/round/round-drafts.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany, ChooseOne } from '../chrome/ChoiceChips.tsx'
import { DuplicateOffers } from './DuplicateOffers.tsx'
import type { DoorProps } from './HouseholdScreen.tsx'
import { changeOf, clearedOf, draftOf, isOnFile, type MemberDraft, memberOf } from './member-draft.ts'
import { personWith } from './person-with.ts'
import { StaysEditor } from './StaysEditor.tsx'
import { useDraft } from './use-draft.ts'

type Props = DoorProps & { readonly person?: PersonState; readonly onOver: () => void }
type FieldsProps = DoorProps & {
  readonly draft: MemberDraft
  readonly person: PersonState | undefined
  readonly set: (change: Partial<MemberDraft>) => void
}

/** Takes off what is on file and is not theirs. */
const TakeOff = ({
  label,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly chosen: boolean
  readonly onChange: (chosen: boolean) => void
}) => (
  <label className="switch">
    <input type="checkbox" checked={chosen} onChange={(event) => onChange(event.target.checked)} />
    <span>{label}</span>
  </label>
)

const DocumentFields = ({
  draft,
  kept,
  set,
}: Pick<FieldsProps, 'draft' | 'set'> & { readonly kept: string }) => {
  const { t } = useTranslation()
  return (
    <>
      <label className="field">
        <span>{t('person.document')}</span>
        <select
          value={draft.documentKind}
          onChange={(event) => set({ documentKind: event.target.value as MemberDraft['documentKind'] })}
        >
          {documentKinds
            .filter((kind) => kind !== 'none')
            .map((kind) => (
              <option key={kind} value={kind}>
                {t(`document.${kind}`)}
              </option>
            ))}
        </select>
      </label>
      <label className="field">
        <span>{t('person.documentNumber')}</span>
        <input
          value={draft.documentNumber}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder={kept}
          onChange={(event) => set({ documentNumber: event.target.value })}
        />
      </label>
    </>
  )
}

/** Phone and document; of what is on file they can be changed, or taken off. */
const Numbers = ({ draft, person, set }: Pick<FieldsProps, 'draft' | 'person' | 'set'>) => {
  const { t } = useTranslation()
  const kept = person === undefined ? '' : t('round.leaveEmpty')
  const onFile = isOnFile(person?.member)
  return (
    <>
      <label className="field">
        <span>{t('person.phone')}</span>
        <input
          type="tel"
          value={draft.phone}
          maxLength={30}
          autoComplete="off"
          placeholder={kept}
          onChange={(event) => set({ phone: event.target.value })}
        />
      </label>
      {onFile.phone ? (
        <TakeOff
          label={t('round.withoutPhone')}
          chosen={draft.withoutPhone}
          onChange={(withoutPhone) => set({ withoutPhone })}
        />
      ) : null}
      <DocumentFields draft={draft} kept={kept} set={set} />
      {onFile.document ? (
        <TakeOff
          label={t('round.withoutDocument')}
          chosen={draft.withoutDocument}
          onChange={(withoutDocument) => set({ withoutDocument })}
        />
      ) : null}
    </>
  )
}

/** Who it is: what duplicates are found by. */
const Identity = ({ draft, person, set, children }: FieldsProps & { readonly children: ReactNode }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return (
    <>
      <label className="field">
        <span>{t('round.name')}</span>
        <input
          value={draft.name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      {children}
      <ChooseOne
        legend={t('round.relation')}
        chosen={draft.relation}
        choices={relations.map((value) => ({ value, label: relationNames[value][locale] }))}
        onChoose={(relation) => set({ relation })}
      />
      <Numbers draft={draft} person={person} set={set} />
    </>
  )
}

/** Exposure, who answers for them, and what they need. */
const Circumstances = ({ at, line, draft, person, set }: FieldsProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const others = line.household.people.filter(({ id }) => id !== person?.id)
  return (
    <>
      {others.length === 0 ? null : (
        <label className="field">
          <span>{t('round.reporter')}</span>
          <select value={draft.reportedById} onChange={(event) => set({ reportedById: event.target.value })}>
            <option value="">{t('round.themselves')}</option>
            {others.map(({ id, member }) => (
              <option key={id} value={id}>
                {member.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {at.ownPart === 'police' ? null : (
        <>
          <StaysEditor stays={draft.stays} day={at.day} onChange={(stays) => set({ stays })} />
          <label className="switch">
            <input
              type="checkbox"
              checked={draft.contact}
              onChange={(event) => set({ contact: event.target.checked })}
            />
            <span>{t('round.contact')}</span>
          </label>
        </>
      )}
      <ChooseMany
        legend={t('round.needs')}
        chosen={draft.needs}
        choices={specialNeeds.map((value) => ({ value, label: specialNeedNames[value][locale] }))}
        onChange={(needs) => set({ needs })}
      />
    </>
  )
}

type Entry = { readonly before: MemberDraft; readonly draft: MemberDraft }

/** Where what is entered of somebody waits. */
export const memberPlace = (householdId: string, personId = 'new'): string =>
  draftPlace(householdId, 'member', personId)

/** What is entered of somebody, beside what it began with. */
const useMemberEntry = ({ at, line, person }: Props) => {
  const { people } = line.household
  const reporter = personWith(people, person?.member.reportedById)
  const start = draftOf(person?.member, people.length === 0)
  // Whoever answers for them may have been found to be somebody else meanwhile.
  const before = { ...start, reportedById: reporter?.id ?? start.reportedById }
  const entry = useDraft<Entry>(at.book, memberPlace(line.id, person?.id), { before, draft: before })
  return {
    ...entry.value,
    set: (part: Partial<MemberDraft>) =>
      entry.set({ ...entry.value, draft: { ...entry.value.draft, ...part } }),
    forget: entry.forget,
  }
}

/** Somebody of the household, entered or changed; of a change only what differs is recorded. */
export const MemberForm = (props: Props) => {
  const { at, line, person, onOver } = props
  const { t } = useTranslation()
  const { before, draft, set, forget } = useMemberEntry(props)
  const fields = { at, line, draft, person, set }
  const change = changeOf(draft, before)
  const cleared = clearedOf(draft, before)
  const end = (): void => {
    forget()
    onOver()
  }
  const save = async (): Promise<void> => {
    const more = cleared.length === 0 ? {} : { cleared: [...cleared] }
    const made =
      person === undefined
        ? await at.say({ is: 'member-added', member: memberOf(draft, before) }, line.id)
        : await at.say({ is: 'member-changed', personId: person.id, change, ...more }, line.id)
    if (made.is === 'recorded') end()
  }
  const isChanged = Object.keys(change).length + cleared.length > 0
  const isReady = draft.name.trim() !== '' && (person === undefined || isChanged)
  return (
    <form
      className="form round-member-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void save()
      }}
    >
      <Identity {...fields}>
        <DuplicateOffers at={at} line={line} draft={draft} except={person?.id} onOver={end} />
      </Identity>
      <Circumstances {...fields} />
      <div className="button-row">
        <button type="submit" className="button button-main" disabled={!isReady}>
          {t('round.keep')}
        </button>
        <button type="button" className="button" onClick={end}>
          {t('round.cancel')}
        </button>
      </div>
    </form>
  )
}
