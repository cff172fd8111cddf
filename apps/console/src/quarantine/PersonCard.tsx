import { type QuarantineField, quarantineFieldNames } from '@guankou/contract/quarantine/people.ts'
import type { QuarantineFile } from '@guankou/contract/quarantine/views.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useShown } from '#src/look-up/use-shown.ts'
import { Text } from '#src/quarantine/fields.tsx'
import { type EpisodeRef, useUnmask } from '#src/quarantine/queries.ts'

const useShownField = (which: EpisodeRef) => {
  const unmask = useUnmask()
  const { shown, setShown } = useShown<{ readonly field: QuarantineField }>(unmask.reset)
  const show = (field: QuarantineField, reason: string): void =>
    unmask.mutate(
      { ...which, field, reason },
      { onSuccess: ({ text, shownForSeconds }) => setShown({ field, text, secondsLeft: shownForSeconds }) },
    )
  return { shown, show, unmask }
}

const leastLetters = 8

type FieldProps = QuarantineFile['person'][number] & {
  readonly showing: ReturnType<typeof useShownField>
  readonly reason: string
}

const Field = ({ field, masked, showing: { shown, show, unmask }, reason }: FieldProps) => {
  const { t } = useTranslation()
  const name = inLocale(quarantineFieldNames[field], useLocale())
  const isShown = shown?.field === field
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={isShown ? 'clear-text' : 'masked-text'}>{isShown ? shown.text : masked}</span>{' '}
        {isShown ? (
          <span className="muted">{t('lookUp.hides', { count: shown.secondsLeft })}</span>
        ) : (
          <button
            type="button"
            className="link-button"
            aria-label={t('lookUp.showField', { field: name })}
            disabled={unmask.isPending || reason.length < leastLetters}
            onClick={() => show(field, reason)}
          >
            {t('lookUp.show')}
          </button>
        )}
      </dd>
    </div>
  )
}

/** Who it is: covered, and one field at a time in full for a reason that the person can see was given. */
export const PersonCard = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { jurisdiction, id } = file.line
  const showing = useShownField({ jurisdiction, id })
  const { unmask } = showing
  const [reason, setReason] = useState('')
  return (
    <Card title={t('quarantine.person')} note={t('quarantine.personNote')} className="not-printed">
      {file.person.length === 0 ? <p>{t('quarantine.destroyed')}</p> : null}
      <div className="identity-form">
        <Text
          label={t('quarantine.reason')}
          hint={t('quarantine.reasonHint')}
          value={reason}
          most={300}
          onChange={setReason}
        />
      </div>
      <dl className="identity-facts">
        {file.person.map((each) => (
          <Field key={each.field} {...each} showing={showing} reason={reason.trim()} />
        ))}
      </dl>
      <p className="field-error" role="alert">
        {unmask.isError ? failureText(unmask.error).text : null}
      </p>
    </Card>
  )
}
