import {
  type AuditChainView,
  type AuditVerificationView,
  verifyAuditChains,
} from '@guankou/contract/audit/endpoints.ts'
import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import { auditFindingTexts } from '@guankou/contract/audit/finding-texts.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { chainsQuery } from '#src/audit/queries.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

const isUnderWay = (run: AuditVerificationView | undefined): boolean =>
  run !== undefined && run.finishedAt === null && !run.failed

const Latest = ({
  run,
  timeZone,
}: {
  readonly run: AuditVerificationView | undefined
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (run === undefined) return <p className="muted">{t('audit.verifyNone')}</p>
  const { links, entries, heads, findings } = run.counts
  const number = (value: number) => formatNumber(locale, value)
  if (isUnderWay(run))
    return (
      <p role="status">
        {t('audit.verifying', { links: number(links), total: number(run.linksTotal) })}{' '}
        <progress max={Math.max(1, run.linksTotal)} value={links} aria-label={t('audit.verify')} />
      </p>
    )
  if (run.failed || run.finishedAt === null)
    return <p role="status">{t('audit.failed', { time: formatInstant(run.startedAt, timeZone) })}</p>
  const time = formatInstant(run.finishedAt, timeZone)
  const counts = { links: number(links), entries: number(entries), heads: number(heads) }
  return (
    <p role="status">
      {findings === 0 ? (
        <StatusPill state="well">{t('audit.whole', { time, ...counts })}</StatusPill>
      ) : (
        <StatusPill state="act">{t('audit.broken', { time, count: findings })}</StatusPill>
      )}
    </p>
  )
}

const usePlace = (): ((finding: AuditFinding) => string) => {
  const { t } = useTranslation()
  return ({ seq, untilSeq, position, day }) =>
    [
      ...(seq === undefined
        ? []
        : [untilSeq === undefined ? t('audit.link', { seq }) : t('audit.links', { seq, until: untilSeq })]),
      ...(position === undefined ? [] : [t('audit.entry', { position })]),
      ...(day === undefined ? [] : [day]),
    ].join(' · ')
}

const Findings = ({ findings }: { readonly findings: readonly AuditFinding[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const place = usePlace()
  const columns: readonly Column<AuditFinding>[] = [
    { key: 'jurisdiction', title: t('audit.jurisdiction'), text: (row) => String(row.jurisdiction) },
    { key: 'place', title: t('audit.place'), text: place },
    { key: 'what', title: t('audit.what'), text: (row) => inLocale(auditFindingTexts[row.kind], locale) },
  ]
  return (
    <DataTable
      label={t('audit.findings')}
      columns={columns}
      rows={findings}
      rowKey={(row) => `${row.jurisdiction} ${row.kind} ${place(row)}`}
    />
  )
}

const Chains = ({
  chains,
  timeZone,
}: {
  readonly chains: readonly AuditChainView[]
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns: readonly Column<AuditChainView>[] = [
    { key: 'jurisdiction', title: t('audit.jurisdiction'), text: (row) => String(row.jurisdiction) },
    { key: 'seq', title: t('audit.seq'), numeric: true, text: (row) => formatNumber(locale, row.seq) },
    { key: 'at', title: t('audit.at'), text: (row) => formatInstant(row.at, timeZone) },
    { key: 'signedDay', title: t('audit.signedDay'), text: (row) => row.signedDay ?? t('audit.unsigned') },
    { key: 'hash', title: t('audit.hash'), text: (row) => row.hash },
  ]
  if (chains.length === 0) return <EmptyState title={t('audit.chainsNone')} />
  return (
    <DataTable
      label={t('audit.chains')}
      columns={columns}
      rows={chains}
      rowKey={(row) => row.jurisdiction}
      draw={({ key, text }, row) => (key === 'hash' ? <code>{text(row).slice(0, 16)}…</code> : undefined)}
    />
  )
}

const useVerify = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => orThrow(await client.call(verifyAuditChains, { body: {} })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: chainsQuery.queryKey }),
  })
}

/** Where each chain ends, how far it is signed, and what the latest verification found. */
export const ChainsCard = ({
  chains,
  verifications,
  timeZone,
}: {
  readonly chains: readonly AuditChainView[]
  readonly verifications: readonly AuditVerificationView[]
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const verify = useVerify()
  const [latest] = verifications
  const button = (
    <button
      type="button"
      className="quiet-button"
      disabled={verify.isPending || isUnderWay(latest)}
      onClick={() => verify.mutate()}
    >
      {t('audit.verify')}
    </button>
  )
  return (
    <Card title={t('audit.chains')} controls={button} className="audit-card">
      <Latest run={latest} timeZone={timeZone} />
      {verify.isError ? <p role="alert">{failureText(verify.error).text}</p> : null}
      {latest !== undefined && latest.findings.length > 0 ? <Findings findings={latest.findings} /> : null}
      <Chains chains={chains} timeZone={timeZone} />
    </Card>
  )
}
