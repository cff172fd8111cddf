import {
  type RefusalHandling,
  refusalHandlingNames,
  refusalHandlings,
  type VerifiedHow,
  verifiedHowNames,
  verifiedHows,
} from '@guankou/contract/households/vocabulary.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseOne } from '../chrome/ChoiceChips.tsx'
import type { PartProps } from './VisitPanel.tsx'

/** The police officer verifies who everybody is, and handles a refusal. */
export const PolicePart = ({ line, onDone }: PartProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { people } = line.household
  const [how, setHow] = useState<Readonly<Record<string, VerifiedHow>>>({})
  const [refusal, setRefusal] = useState<RefusalHandling>('none')
  const [note, setNote] = useState('')
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
          onChoose={(value) => setHow({ ...how, [id]: value })}
        />
      ))}
      <ChooseOne
        legend={t('round.refusal')}
        chosen={refusal}
        choices={refusalHandlings.map((value) => ({ value, label: refusalHandlingNames[value][locale] }))}
        onChoose={setRefusal}
      />
      <label className="field">
        <span>{t('round.note')}</span>
        <input value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
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
