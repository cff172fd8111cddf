import type { AuditEntryView } from '@guankou/contract/audit/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type Column, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AuditSearch, entriesQuery } from '#src/audit/queries.ts'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'

const useColumns = (timeZone: string): readonly Column<AuditEntryView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const nothing = t('audit.nobody')
  return [
    { key: 'at', title: t('audit.at'), text: (row) => formatInstant(row.at, timeZone) },
    {
      key: 'login',
      title: t('audit.login'),
      text: ({ account }) =>
        account === null ? nothing : `${inLocale(account.title, locale)} (${account.login})`,
    },
    { key: 'action', title: t('audit.action'), text: (row) => row.action },
    { key: 'outcome', title: t('audit.outcome'), text: (row) => row.outcome },
    { key: 'subject', title: t('audit.subject'), text: (row) => row.subject ?? nothing },
    { key: 'detail', title: t('audit.detail'), text: (row) => row.detail ?? nothing },
    {
      key: 'place',
      title: t('audit.place'),
      text: (row) => `${row.jurisdiction} · ${row.seq} · ${row.position}`,
    },
  ]
}

type FormProps = { readonly search: AuditSearch; readonly onSearch: (search: AuditSearch) => void }

const SearchForm = ({ search, onSearch }: FormProps) => {
  const { t } = useTranslation()
  const id = useId()
  const [draft, setDraft] = useState(search)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSearch(draft)
  }
  const field = (key: 'from' | 'to' | 'action' | 'login' | 'outcome', label: string) => (
    <label htmlFor={`${id}-${key}`}>
      {label}
      <input
        id={`${id}-${key}`}
        type={key === 'from' || key === 'to' ? 'date' : 'text'}
        required={key === 'from' || key === 'to'}
        maxLength={80}
        value={draft[key]}
        onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
      />
    </label>
  )
  return (
    <form className="audit-form" onSubmit={submit}>
      {field('from', t('audit.from'))}
      {field('to', t('audit.to'))}
      {field('action', t('audit.action'))}
      {field('login', t('audit.login'))}
      {field('outcome', t('audit.outcome'))}
      <button type="submit" className="quiet-button">
        {t('audit.find')}
      </button>
    </form>
  )
}

type FoundProps = {
  readonly entries: readonly AuditEntryView[]
  readonly columns: readonly Column<AuditEntryView>[]
  readonly more: (() => void) | undefined
}

const Found = ({ entries, columns, more }: FoundProps) => {
  const { t } = useTranslation()
  if (entries.length === 0) return <EmptyState title={t('audit.searchNone')} />
  return (
    <>
      <DataTable
        label={t('audit.search')}
        columns={columns}
        rows={entries}
        rowKey={({ jurisdiction, seq, position }) => `${jurisdiction} ${seq} ${position}`}
      />
      <p>
        <span className="muted">{t('audit.shown', { count: entries.length })}</span>{' '}
        {more === undefined ? null : (
          <button type="button" className="quiet-button" onClick={more}>
            {t('audit.more')}
          </button>
        )}
      </p>
    </>
  )
}

/** Entries of the audit by day, action, account and outcome, newest first. */
export const SearchCard = ({
  initial,
  timeZone,
}: {
  readonly initial: AuditSearch
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const [search, setSearch] = useState(initial)
  const columns = useColumns(timeZone)
  const found = useInfiniteQuery(entriesQuery(search))
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? []
  const save = () =>
    saveFile(
      `audit-${search.area}-${search.from}-${search.to}.csv`,
      toCsv(tableTexts(columns, entries)),
      'text/csv',
    )
  const controls = (
    <button
      type="button"
      className="quiet-button"
      title={t('audit.exportHint')}
      disabled={entries.length === 0}
      onClick={save}
    >
      {t('audit.export')}
    </button>
  )
  return (
    <Card title={t('audit.search')} controls={controls} className="audit-card">
      <SearchForm search={search} onSearch={setSearch} />
      <Query query={found}>
        {() => (
          <Found
            entries={entries}
            columns={columns}
            more={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
          />
        )}
      </Query>
    </Card>
  )
}
