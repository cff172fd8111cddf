import { type SpecialNeed, specialNeedNames, specialNeeds } from '@guankou/contract/households/vocabulary.ts'
import { useTranslation } from 'react-i18next'
import { draftPlace } from '#src/round/round-drafts.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany } from '../chrome/ChoiceChips.tsx'
import { useDraft } from './use-draft.ts'
import type { PartProps } from './VisitPanel.tsx'

type Draft = { readonly explained: boolean; readonly needs: readonly SpecialNeed[]; readonly note: string }

const empty: Draft = { explained: false, needs: [], note: '' }

/** The street worker explains, and notes what the household lacks. */
export const StreetPart = ({ at, line, onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { value: draft, set } = useDraft(at.book, draftPlace(line.id, 'part', 'street'), empty)
  const { explained, needs, note } = draft
  const change = (part: Partial<Draft>): void => set({ ...draft, ...part })
  const text = note.trim()
  return (
    <>
      <label className="switch">
        <input
          type="checkbox"
          checked={explained}
          onChange={(event) => change({ explained: event.target.checked })}
        />
        <span>{t('round.explained')}</span>
      </label>
      <ChooseMany
        legend={t('round.needs')}
        chosen={needs}
        choices={specialNeeds.map((value) => ({ value, label: specialNeedNames[value][locale] }))}
        onChange={(chosen) => change({ needs: chosen })}
      />
      <label className="field">
        <span>{t('round.note')}</span>
        <input value={note} maxLength={300} onChange={(event) => change({ note: event.target.value })} />
      </label>
      <button
        type="button"
        className="button button-main"
        onClick={() =>
          onDone({ part: 'street', explained, needs: [...needs], ...(text === '' ? {} : { note: text }) })
        }
      >
        {t('round.recordPart')}
      </button>
    </>
  )
}
