import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { useRecordAt } from '#src/posts/queries.ts'
import { type ReinforcementLine, reinforcementLines } from '#src/posts/reinforcement-lines.ts'
import { SendOfficers } from '#src/posts/SendOfficers.tsx'
import { TableCard } from '#src/posts/TableCard.tsx'

type Sending = { readonly requestId: string | undefined }

type ActProps = {
  readonly row: ReinforcementLine
  readonly onSend: () => void
  readonly onWithdraw: () => void
}

/** How far a step is, and what can still be done about it. */
const StateAndAct = ({ row, onSend, onWithdraw }: ActProps) => {
  const { t } = useTranslation()
  const { accountId } = useSession()
  const pill = row.isOpen ? <StatusPill state="look">{row.state}</StatusPill> : row.state
  if (row.may === 'send')
    return (
      <>
        {pill}{' '}
        <button type="button" className="quiet-button" onClick={onSend}>
          {t('postPage.help.sendFor')}
        </button>
      </>
    )
  if (row.may !== 'withdraw' || row.makerId !== accountId) return pill
  return (
    <button type="button" className="quiet-button" onClick={onWithdraw}>
      {t('postPage.help.withdraw')}
    </button>
  )
}

const columnsOf = (t: TFunction, timeZone: string): readonly Column<ReinforcementLine>[] => [
  {
    key: 'time',
    title: t('postPage.help.time'),
    text: ({ atMs }) => formatInstant(new Date(atMs).toISOString(), timeZone),
  },
  { key: 'what', title: t('postPage.help.what'), text: ({ what }) => what },
  { key: 'state', title: t('postPage.help.state'), text: ({ state }) => state },
]

/** Requests, dispatches, arrivals and departures, and sending officers. */
export const ReinforcementCard = ({ parts }: { readonly parts: PostParts }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { post, timeZone } = parts
  const [sending, setSending] = useState<Sending>()
  const record = useRecordAt(post)
  const draw = (column: Column<ReinforcementLine>, row: ReinforcementLine): ReactNode =>
    column.key === 'state' ? (
      <StateAndAct
        row={row}
        onSend={() => setSending({ requestId: row.id })}
        onWithdraw={() => record.mutate({ is: 'withdrawn', factId: row.id })}
      />
    ) : undefined
  return (
    <>
      <TableCard
        title={t('postPage.help.title')}
        file={`reinforcement-${post.id}`}
        none={t('postPage.help.none')}
        columns={columnsOf(t, timeZone)}
        rows={reinforcementLines(t, locale, parts)}
        rowKey={({ id }) => id}
        draw={draw}
        note={record.isError ? failureText(record.error).text : undefined}
        controls={
          <button type="button" className="quiet-button" onClick={() => setSending({ requestId: undefined })}>
            {t('postPage.help.send')}
          </button>
        }
      />
      {sending === undefined ? null : (
        <SendOfficers parts={parts} requestId={sending.requestId} onClose={() => setSending(undefined)} />
      )}
    </>
  )
}
