import type { ImportedMatches, MatchListView } from '@guankou/contract/matching/endpoints.ts'
import { mostListDays } from '@guankou/contract/matching/match-list.ts'
import { type MatchReason, matchReasonNames, matchReasons } from '@guankou/contract/matching/reasons.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useImportMatches } from '#src/matching/queries.ts'

type Props = {
  readonly areas: readonly Jurisdiction[]
  /** Lists that another one can take the place of. */
  readonly running: readonly MatchListView[]
}

type Draft = {
  readonly jurisdiction: number
  readonly zh: string
  readonly en: string
  readonly reason: MatchReason | ''
  readonly days: string
  readonly basis: string
  readonly replaces: string
}

type FieldsProps = Props & {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

const Labelled = ({
  label,
  children,
}: {
  readonly label: string
  readonly children: (id: string) => ReactNode
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </>
  )
}

const TextField = ({
  label,
  value,
  most,
  least = 1,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly most: number
  readonly least?: number
  readonly onChange: (value: string) => void
}) => (
  <Labelled label={label}>
    {(id) => (
      <input
        id={id}
        type="text"
        required
        minLength={least}
        maxLength={most}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )}
  </Labelled>
)

const Reason = ({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Labelled label={t('matching.reason')}>
      {(id) => (
        <select
          id={id}
          required
          value={draft.reason}
          onChange={(event) => onChange({ reason: event.currentTarget.value as MatchReason | '' })}
        >
          <option value="" />
          {matchReasons.map((reason) => (
            <option key={reason} value={reason}>
              {inLocale(matchReasonNames[reason], locale)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

const About = ({ draft, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('matching.titleZh')}
        value={draft.zh}
        most={40}
        onChange={(zh) => onChange({ zh })}
      />
      <TextField
        label={t('matching.titleEn')}
        value={draft.en}
        most={60}
        onChange={(en) => onChange({ en })}
      />
      <Reason draft={draft} onChange={onChange} />
      <Labelled label={t('matching.days', { most: mostListDays })}>
        {(id) => (
          <input
            id={id}
            type="number"
            required
            min={1}
            max={mostListDays}
            value={draft.days}
            onChange={(event) => onChange({ days: event.currentTarget.value })}
          />
        )}
      </Labelled>
      <TextField
        label={t('matching.basis')}
        value={draft.basis}
        least={8}
        most={300}
        onChange={(basis) => onChange({ basis })}
      />
    </>
  )
}

const Where = ({ areas, running, draft, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <Labelled label={t('matching.area')}>
        {(id) => (
          <select
            id={id}
            value={draft.jurisdiction}
            onChange={(event) => onChange({ jurisdiction: Number(event.currentTarget.value), replaces: '' })}
          >
            {areas.map((area) => (
              <option key={area.code} value={area.code}>
                {inLocale(area.name, locale)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={t('matching.replaces')}>
        {(id) => (
          <select
            id={id}
            value={draft.replaces}
            onChange={(event) => onChange({ replaces: event.currentTarget.value })}
          >
            <option value="">{t('matching.replacesNone')}</option>
            {running
              .filter(({ jurisdiction }) => jurisdiction === draft.jurisdiction)
              .map((list) => (
                <option key={list.id} value={list.id}>
                  {inLocale(list.title, locale)}
                </option>
              ))}
          </select>
        )}
      </Labelled>
    </>
  )
}

/** What became of the rows; those that were not taken by their number, never by what stood in them. */
const Taken = ({ taken }: { readonly taken: ImportedMatches }) => {
  const { t } = useTranslation()
  const { added, known, rowsRefused, refused } = taken
  return (
    <div className="match-taken">
      <p>{t('matching.taken', { added, known, refused: rowsRefused })}</p>
      {refused.length === 0 ? null : (
        <ul aria-label={t('matching.refusedRows')}>
          {refused.map(({ row, why }) => (
            <li key={row}>{t('matching.refusedRow', { row, why: t(`matching.why.${why}`) })}</li>
          ))}
        </ul>
      )}
      {refused.length < rowsRefused ? <p>{t('matching.refusedMore')}</p> : null}
    </div>
  )
}

const msPerDay = 86_400_000

/** A file of plates and documents: what it rests on, why its people are asked, and when it ends. */
export const BringMatches = (props: Props) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const bring = useImportMatches()
  const fileId = useId()
  const [file, setFile] = useState<File>()
  const empty = { jurisdiction: props.areas[0]?.code ?? 0, zh: '', en: '', reason: '', basis: '' } as const
  const [draft, setDraft] = useState<Draft>({ ...empty, days: '1', replaces: '' })
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    if (draft.reason === '' || file === undefined) return
    const { jurisdiction, zh, en, reason, days, basis, replaces } = draft
    const until = new Date(Date.now() + Number(days) * msPerDay).toISOString()
    const csv = await file.text()
    const about = { jurisdiction, title: { zh, en }, reason, until, basis, csv }
    bring.mutate({ ...about, ...(replaces === '' ? {} : { replaces }) })
  }
  return (
    <Card title={t('matching.bring')} note={t('matching.bringHint')}>
      <form className="match-form" onSubmit={(event) => void submit(event)}>
        <Where {...props} draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        <About {...props} draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        <label htmlFor={fileId}>{t('matching.file')}</label>
        <input
          id={fileId}
          type="file"
          required
          accept=".csv,.txt"
          onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
        />
        <button type="submit" className="primary-button" disabled={bring.isPending}>
          {t('matching.submit')}
        </button>
        <div role="status">
          {bring.isSuccess ? <Taken taken={bring.data} /> : null}
          {bring.isError ? failureText(bring.error).text : null}
        </div>
      </form>
    </Card>
  )
}
