import {
  type RefusalHandling,
  refusalHandlingNames,
  refusalHandlings,
  type VerifiedHow,
  verifiedHowNames,
  verifiedHows,
} from '@guankou/contract/households/vocabulary.ts'
import { useTranslation } from 'react-i18next'
import { draftPlace } from '#src/round/round-drafts.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '../chrome/ChoiceChips.tsx'
import { useDraft } from './use-draft.ts'
import type { PartProps } from './VisitPanel.tsx'

type Draft = {
  readonly how: Readonly<Record<string, VerifiedHow>>
  readonly refusal: RefusalHandling
  readonly note: string
}

const empty: Draft = { how: {}, refusal: 'none', note: '' }

/** The police officer verifies who everybody is, and handles a refusal. */
export const PolicePart = ({ at, line, onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { people } = line.household
  const { value: draft, set } = useDraft(at.book, draftPlace(line.id, 'part', 'police'), empty)
  const { how, refusal, note } = draft
  const change = (part: Partial<Draft>): void => set({ ...draft, ...part })
  const text = note.trim()
  return (
    <>
      {people.length === 0 ? <p className="quiet">{t('round.nobodyYet')}</p> : null}
      {people.map(({ id, member }) => (
        <ChooseOne
          key={id}
          legend={t('round.verified', { name: member.name })}
          chosen={how[id]}
          choices={verifiedHows.map((value) => ({ value, label: verifiedHowNames[value][locale] }))}
          onChoose={(value) => change({ how: { ...how, [id]: value } })}
        />
      ))}
      <ChooseOne
        legend={t('round.refusal')}
        chosen={refusal}
        choices={refusalHandlings.map((value) => ({ value, label: refusalHandlingNames[value][locale] }))}
        onChoose={(value) => change({ refusal: value })}
      />
      <label className="field">
        <span>{t('round.note')}</span>
        <input value={note} maxLength={300} onChange={(event) => change({ note: event.target.value })} />
      </label>
      <button
        type="button"
        className="button button-main"
        onClick={() =>
          onDone({
            part: 'police',
            people: people.map(({ id }) => ({ personId: id, how: how[id] ?? 'not-verified' })),
            refusal,
            ...(text === '' ? {} : { note: text }),
          })
        }
      >
        {t('round.recordPart')}
      </button>
    </>
  )
}
