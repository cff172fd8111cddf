import { type SpecialNeed, specialNeedNames, specialNeeds } from '@guankou/contract/households/vocabulary.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany } from '../chrome/ChoiceChips.tsx'
import type { PartProps } from './VisitPanel.tsx'

/** The street worker explains, and notes what the household lacks. */
export const StreetPart = ({ onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const [explained, setExplained] = useState(false)
  const [needs, setNeeds] = useState<readonly SpecialNeed[]>([])
  const [note, setNote] = useState('')
  const text = note.trim()
  return (
    <>
      <label className="switch">
        <input type="checkbox" checked={explained} onChange={(event) => setExplained(event.target.checked)} />
        <span>{t('round.explained')}</span>
      </label>
      <ChooseMany
        legend={t('round.needs')}
        chosen={needs}
        choices={specialNeeds.map((value) => ({ value, label: specialNeedNames[value][locale] }))}
        onChange={setNeeds}
      />
      <label className="field">
        <span>{t('round.note')}</span>
        <input value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
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
