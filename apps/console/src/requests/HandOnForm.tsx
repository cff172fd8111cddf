import { type Role, roleNames } from '@guankou/contract/roles.ts'
import { handOnRequest, type RequestFile } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { mostRequestLetters, requestRoles } from '@guankou/contract/subject-access/requests.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { inboxQuery } from '#src/requests/queries.ts'

const useHandOn = (id: string, onDone: () => void) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ to, note }: { readonly to: Role; readonly note: string }) => {
      const known = requestRoles.find((role) => role === to)
      if (known === undefined) return undefined
      return orThrow(await client.call(handOnRequest, { body: { id, to: known, note } }))
    },
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: inboxQuery.queryKey }),
    gcTime: 0,
  })
}

/** Gives the turn to another role, with a note for it. */
export const HandOnForm = ({ file, onDone }: { readonly file: RequestFile; readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const id = useId()
  const [to, setTo] = useState<Role | undefined>(file.others[0])
  const [note, setNote] = useState('')
  const handOn = useHandOn(file.line.id, onDone)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (to !== undefined) handOn.mutate({ to, note })
  }
  return (
    <details>
      <summary>{t('requests.handOn')}</summary>
      <form className="identity-form" onSubmit={submit}>
        <label htmlFor={`${id}-to`}>{t('requests.to')}</label>
        <select id={`${id}-to`} value={to} onChange={(event) => setTo(event.currentTarget.value as Role)}>
          {file.others.map((role) => (
            <option key={role} value={role}>
              {inLocale(roleNames[role], locale)}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-note`}>{t('requests.note')}</label>
        <input
          id={`${id}-note`}
          type="text"
          required
          minLength={2}
          maxLength={mostRequestLetters}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <button type="submit" className="primary-button" disabled={handOn.isPending}>
          {t('requests.handOn')}
        </button>
        {handOn.isError ? (
          <p role="alert" className="identity-refusal">
            {failureText(handOn.error).text}
          </p>
        ) : null}
      </form>
    </details>
  )
}
