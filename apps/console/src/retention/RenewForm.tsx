import type { ResponseRetention } from '@guankou/contract/retention/endpoints.ts'
import {
  longestRenewalDays,
  type RenewalGround,
  renewalGroundNames,
  renewalGrounds,
  renewCollection,
} from '@guankou/contract/retention/renewal.ts'
import { addDays } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { noticeQuery } from '#src/api/queries.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { retentionKey } from '#src/retention/queries.ts'

type Renewal = { readonly collectionUntil: string; readonly ground: RenewalGround; readonly note: string }

const useRenew = (response: ResponseRetention) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ note, ...renewal }: Renewal) =>
      orThrow(
        await client.call(renewCollection, {
          body: {
            responseId: response.responseId,
            afterVersion: response.renewalVersion,
            ...renewal,
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: retentionKey }),
        queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey }),
      ]),
  })
}

type FieldsProps = {
  readonly draft: Renewal
  readonly today: string
  readonly onChange: (part: Partial<Renewal>) => void
}

const RenewFields = ({ draft, today, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  return (
    <>
      <label htmlFor={`${id}-until`}>{t('retention.newUntil')}</label>
      <input
        id={`${id}-until`}
        type="date"
        required
        min={addDays(today, 1)}
        max={addDays(today, longestRenewalDays)}
        value={draft.collectionUntil}
        onChange={(event) => onChange({ collectionUntil: event.currentTarget.value })}
      />
      <label htmlFor={`${id}-ground`}>{t('retention.ground')}</label>
      <select
        id={`${id}-ground`}
        value={draft.ground}
        onChange={(event) => onChange({ ground: event.currentTarget.value as RenewalGround })}
      >
        {renewalGrounds.map((each) => (
          <option key={each} value={each}>
            {inLocale(renewalGroundNames[each], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-note`}>{t('retention.note')}</label>
      <textarea
        id={`${id}-note`}
        maxLength={500}
        rows={2}
        value={draft.note}
        onChange={(event) => onChange({ note: event.currentTarget.value.replaceAll('\n', ' ') })}
      />
    </>
  )
}

/** Lets the commander of the city renew a collection, by name. */
export const RenewForm = ({
  response,
  today,
}: {
  readonly response: ResponseRetention
  readonly today: string
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [draft, setDraft] = useState<Renewal>({
    collectionUntil: addDays(today, longestRenewalDays),
    ground: renewalGrounds[0],
    note: '',
  })
  const renew = useRenew(response)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    renew.mutate(draft)
  }
  return (
    <form className="renew-form" onSubmit={submit}>
      <h3>{t('retention.renew')}</h3>
      <p className="muted">{t('retention.renewLead', { count: longestRenewalDays })}</p>
      <RenewFields draft={draft} today={today} onChange={(part) => setDraft({ ...draft, ...part })} />
      <button type="submit" className="quiet-button" disabled={renew.isPending}>
        {t('retention.submit')}
      </button>
      <p role="status">
        {renew.isSuccess ? t('retention.renewed', { until: renew.data.collectionUntil }) : null}
        {renew.isError ? failureText(renew.error).text : null}
      </p>
    </form>
  )
}
