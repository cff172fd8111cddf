import type { ClerkLine, WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import { beginWorklist } from '@guankou/contract/worklists/endpoints.ts'
import { reassignCalls } from '@guankou/contract/worklists/follow-up.ts'
import { worklistKindNames } from '@guankou/contract/worklists/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf } from '#src/layout/areas.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { BringCard } from '#src/worklists/BringCard.tsx'
import { ListCard } from '#src/worklists/ListCard.tsx'
import { type Brought, useReassign, worklistsQuery } from '#src/worklists/queries.ts'
import './worklists.css'

const useListColumns = (): readonly Column<WorklistLine>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const count = (
    key: 'open' | 'overdue' | 'closed' | 'toVisit' | 'noAddress' | 'linked' | 'rejected',
    title: string,
  ) => ({
    key,
    title,
    numeric: true,
    text: (line: WorklistLine) => String(line[key]),
  })
  return [
    { key: 'title', title: t('worklists.listTitle'), text: ({ title }) => title },
    {
      key: 'kind',
      title: t('worklists.kind'),
      text: ({ kind }) => inLocale(worklistKindNames[kind], locale),
    },
    {
      key: 'at',
      title: t('worklists.brought'),
      text: ({ createdAt }) => formatInstant(createdAt, timeZone).slice(0, 16),
    },
    {
      key: 'due',
      title: t('worklists.due'),
      text: ({ dueAt }) => (dueAt === null ? '' : formatInstant(dueAt, timeZone).slice(0, 16)),
    },
    count('open', t('worklists.open')),
    count('overdue', t('worklists.overdue')),
    count('closed', t('worklists.closed')),
    count('toVisit', t('worklists.toVisit')),
    count('noAddress', t('worklists.noAddress')),
    count('linked', t('worklists.linked')),
    count('rejected', t('worklists.rejected')),
  ]
}

const Lists = ({
  lists,
  onOpen,
}: {
  readonly lists: readonly WorklistLine[]
  readonly onOpen: (id: string) => void
}) => {
  const { t } = useTranslation()
  const columns = useListColumns()
  return (
    <Card title={t('worklists.lists')}>
      {lists.length === 0 ? (
        <EmptyState title={t('worklists.none')}>{t('worklists.noneText')}</EmptyState>
      ) : (
        <DataTable
          label={t('worklists.lists')}
          columns={columns}
          rows={lists}
          rowKey={({ id }) => id}
          draw={(column, row) =>
            column.key === 'title' ? (
              <button type="button" className="quiet-button" onClick={() => onOpen(row.id)}>
                {row.title}
              </button>
            ) : undefined
          }
        />
      )}
    </Card>
  )
}

const Reassign = ({
  clerk,
  clerks,
}: {
  readonly clerk: ClerkLine
  readonly clerks: readonly ClerkLine[]
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const reassign = useReassign()
  const failureText = useFailureText()
  return (
    <>
      <select
        aria-label={t('worklists.giveTo', { clerk: inLocale(clerk.clerk, locale) })}
        value=""
        disabled={clerk.waiting === 0 || reassign.isPending}
        onChange={({ currentTarget }) => {
          const to = currentTarget.value === 'all' ? null : currentTarget.value
          if (currentTarget.value !== '') reassign.mutate({ from: clerk.accountId, to })
        }}
      >
        <option value="">{t('worklists.reassign')}</option>
        <option value="all">{t('worklists.everybody')}</option>
        {clerks
          .filter(({ accountId }) => accountId !== clerk.accountId)
          .map((other) => (
            <option key={other.accountId} value={other.accountId}>
              {inLocale(other.clerk, locale)}
            </option>
          ))}
      </select>
      {reassign.isError ? failureText(reassign.error).text : null}
    </>
  )
}

const Clerks = ({ clerks }: { readonly clerks: readonly ClerkLine[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const mayMove = isOpenTo(role, reassignCalls)
  const count = (key: 'callsToday' | 'closedToday' | 'waiting' | 'overdue' | 'calling', title: string) => ({
    key,
    title,
    numeric: true,
    text: (line: ClerkLine) => String(line[key]),
  })
  const columns: readonly Column<ClerkLine>[] = [
    { key: 'clerk', title: t('worklists.clerk'), text: ({ clerk }) => inLocale(clerk, locale) },
    count('callsToday', t('worklists.callsToday')),
    count('closedToday', t('worklists.closedToday')),
    count('waiting', t('worklists.waiting')),
    count('overdue', t('worklists.overdue')),
    count('calling', t('worklists.calling')),
    ...(mayMove ? [{ key: 'move', title: t('worklists.reassign'), text: () => '' }] : []),
  ]
  return (
    <Card title={t('worklists.clerks')}>
      <DataTable
        label={t('worklists.clerks')}
        columns={columns}
        rows={clerks}
        rowKey={({ accountId }) => accountId}
        draw={(column, row) => (column.key === 'move' ? <Reassign clerk={row} clerks={clerks} /> : undefined)}
      />
    </Card>
  )
}

/** The list that is open, and what is brought for it: mended rows, or a file whose columns were left unconfirmed. */
const useOpenList = (lists: readonly WorklistLine[] | undefined) => {
  const [open, setOpen] = useState<string>()
  const [mending, setMending] = useState(false)
  const [waiting, setWaiting] = useState<Brought>()
  const chosen = lists?.find(({ id }) => id === open)
  const brought = (): void => {
    setMending(false)
    setWaiting(undefined)
  }
  const close = (): void => {
    setOpen(undefined)
    brought()
  }
  const key = waiting?.importId ?? (mending ? open : 'new')
  return {
    chosen,
    key,
    waiting,
    mends: mending ? chosen : undefined,
    setOpen,
    setMending,
    setWaiting,
    brought,
    close,
  }
}

/** Lists that are called: how far each has come, what was rejected, who calls; and the way to bring another. */
export const WorklistsPage = () => {
  const { t } = useTranslation()
  useTitle(t('worklists.title'))
  const session = useSession()
  const board = useQuery(worklistsQuery)
  const places = useQuery(placesQuery)
  const { chosen, key, waiting, mends, ...acts } = useOpenList(board.data?.lists)
  const mayWork = isOpenTo(session.role, beginWorklist)
  return (
    <main className="page worklists" id="content">
      <header className="page-head">
        <h1>{t('worklists.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      {mayWork ? (
        <Query query={places}>
          {({ jurisdictions }) => (
            <BringCard
              key={key}
              areas={areasOf(jurisdictions, session.areaCode)}
              mends={mends}
              waiting={waiting}
              onDone={acts.brought}
            />
          )}
        </Query>
      ) : null}
      {chosen === undefined ? null : (
        <ListCard
          list={chosen}
          mayWork={mayWork}
          onMend={() => acts.setMending(true)}
          onGoOn={acts.setWaiting}
          onClose={acts.close}
        />
      )}
      <Query query={board}>
        {({ lists, clerks }) => (
          <>
            <Lists lists={lists} onOpen={acts.setOpen} />
            <Clerks clerks={clerks} />
          </>
        )}
      </Query>
    </main>
  )
}
