import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

type Heads = { readonly publicKey: string; readonly heads: readonly AuditDayHead[] }

const CopyButton = ({ published }: { readonly published: Heads }) => {
  const { t } = useTranslation()
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(published, null, 2)).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  return (
    <>
      <span role="status" className="card-note">
        {state === 'copied' ? t('audit.copied', { count: published.heads.length }) : null}
        {state === 'failed' ? t('audit.copyFailed') : null}
      </span>
      <button type="button" className="quiet-button" onClick={() => void copy()}>
        {t('audit.copy')}
      </button>
    </>
  )
}

/** The signed heads of past days, to be kept outside of the system. */
export const HeadsCard = (published: Heads) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { heads, publicKey } = published
  const columns: readonly Column<AuditDayHead>[] = [
    { key: 'day', title: t('audit.day'), text: (row) => row.day },
    { key: 'jurisdiction', title: t('audit.jurisdiction'), text: (row) => String(row.jurisdiction) },
    { key: 'seq', title: t('audit.seq'), numeric: true, text: (row) => formatNumber(locale, row.seq) },
    {
      key: 'entries',
      title: t('audit.entries'),
      numeric: true,
      text: (row) => formatNumber(locale, row.entries),
    },
    { key: 'hash', title: t('audit.hash'), text: (row) => row.hash },
  ]
  const newestFirst = heads.toReversed()
  const controls =
    heads.length === 0 ? undefined : (
      <>
        <CopyButton published={published} />
        <button type="button" className="quiet-button" onClick={() => window.print()}>
          {t('audit.print')}
        </button>
      </>
    )
  return (
    <Card title={t('audit.heads')} controls={controls} className="audit-card audit-heads">
      <p className="muted">{t('audit.headsLead')}</p>
      <p className="audit-key">
        {t('audit.publicKey')} <code>{publicKey}</code>
      </p>
      {heads.length === 0 ? (
        <EmptyState title={t('audit.headsNone')} />
      ) : (
        <DataTable
          label={t('audit.heads')}
          columns={columns}
          rows={newestFirst}
          rowKey={(row) => `${row.day} ${row.jurisdiction}`}
          draw={({ key, text }, row) => (key === 'hash' ? <code>{text(row)}</code> : undefined)}
        />
      )}
    </Card>
  )
}
