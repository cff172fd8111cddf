import { type AccountView, accountStates } from '@guankou/contract/access/accounts.ts'
import { accountRoles, roleNames } from '@guankou/contract/roles.ts'
import { EmptyState, ErrorState, LoadingState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField } from '#src/access/TextField.tsx'
import { AccountDrawer } from '#src/accounts/AccountDrawer.tsx'
import { NewAccount } from '#src/accounts/NewAccount.tsx'
import { type AccountsFilter, accountsQuery } from '#src/accounts/queries.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'

type Open =
  | { readonly is: 'nothing' }
  | { readonly is: 'new' }
  | { readonly is: 'account'; readonly id: string }

type FilterProps = {
  readonly filter: AccountsFilter
  readonly onFilter: (filter: AccountsFilter) => void
}

const Filter = ({ filter, onFilter }: FilterProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const any = { value: '', label: t('accounts.any') }
  const roles = accountRoles.map((role) => ({ value: role, label: inLocale(roleNames[role], locale) }))
  const states = [
    { value: 'active', label: t('accounts.active') },
    { value: 'disabled', label: t('accounts.disabled') },
  ]
  return (
    <search className="accounts-tools">
      <label>
        {t('accounts.search')}
        <input
          type="search"
          maxLength={60}
          value={filter.text}
          onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <div>
        <SelectField
          label={t('accounts.role')}
          value={filter.role}
          options={[any, ...roles]}
          onPick={(picked) =>
            onFilter({ ...filter, role: accountRoles.find((role) => role === picked) ?? '' })
          }
        />
      </div>
      <div>
        <SelectField
          label={t('accounts.state')}
          value={filter.state}
          options={[any, ...states]}
          onPick={(picked) =>
            onFilter({ ...filter, state: accountStates.find((state) => state === picked) ?? '' })
          }
        />
      </div>
    </search>
  )
}

const useStateText = () => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  return (account: AccountView): string => {
    if (account.disabledAt !== null) return t('accounts.disabled')
    if (account.lockedUntil !== null)
      return t('accounts.lockedUntil', { time: formatInstant(account.lockedUntil, timeZone) })
    return account.lacksSecondFactor ? t('accounts.lacksSecondFactor') : t('accounts.active')
  }
}

const useColumns = (): readonly Column<AccountView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const stateText = useStateText()
  return [
    { key: 'login', title: t('accounts.login'), text: ({ login }) => login },
    { key: 'name', title: t('accounts.name'), text: ({ name }) => inLocale(name, locale) },
    { key: 'role', title: t('accounts.role'), text: ({ role }) => inLocale(roleNames[role], locale) },
    { key: 'area', title: t('accounts.area'), text: ({ areaCode }) => String(areaCode) },
    { key: 'state', title: t('accounts.state'), text: stateText },
    {
      key: 'openSessions',
      title: t('accounts.openSessions'),
      numeric: true,
      text: ({ openSessions }) => String(openSessions),
    },
    {
      key: 'lastSeen',
      title: t('accounts.lastSeen'),
      text: ({ lastSeenAt }) =>
        lastSeenAt === null ? t('accounts.never') : formatInstant(lastSeenAt, timeZone),
    },
  ]
}

const Table = ({
  accounts,
  onOpen,
}: {
  readonly accounts: readonly AccountView[]
  readonly onOpen: (id: string) => void
}) => {
  const { t } = useTranslation()
  const columns = useColumns()
  if (accounts.length === 0)
    return <EmptyState title={t('accounts.none')}>{t('accounts.noneText')}</EmptyState>
  return (
    <DataTable
      label={t('accounts.title')}
      columns={columns}
      rows={accounts}
      rowKey={({ id }) => id}
      draw={(column, account) => {
        if (column.key === 'login')
          return (
            <button type="button" className="link-button" onClick={() => onOpen(account.id)}>
              {account.login}
            </button>
          )
        const isOdd = account.disabledAt !== null || account.lockedUntil !== null || account.lacksSecondFactor
        if (column.key === 'state' && isOdd)
          return <StatusPill state="look">{column.text(account)}</StatusPill>
        return undefined
      }}
    />
  )
}

/** Accounts of the area: who there is, what is wrong with it, and for administrators what to do about it. */
export const AccountsPage = () => {
  const { t } = useTranslation()
  useTitle(t('accounts.title'))
  const failureText = useFailureText()
  const { role } = useSession()
  const [filter, setFilter] = useState<AccountsFilter>({ text: '', role: '', state: '' })
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const list = useInfiniteQuery(accountsQuery(filter))
  const accounts = list.data?.pages.flatMap((page) => page.accounts) ?? []
  const shown = open.is === 'account' ? accounts.find(({ id }) => id === open.id) : undefined
  const close = (): void => setOpen({ is: 'nothing' })
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('accounts.title')}</h1>
        <span className="spring" />
        {role === 'administrator' ? (
          <button type="button" className="quiet-button" onClick={() => setOpen({ is: 'new' })}>
            {t('accounts.create')}
          </button>
        ) : null}
        <PreferenceButtons />
      </header>
      <Filter filter={filter} onFilter={setFilter} />
      <section className="card table-card">
        {list.isError ? (
          <ErrorState {...failureText(list.error)} onRetry={() => void list.refetch()} />
        ) : null}
        {list.isPending ? <LoadingState /> : null}
        {list.isSuccess ? (
          <Table accounts={accounts} onOpen={(id) => setOpen({ is: 'account', id })} />
        ) : null}
        {list.hasNextPage ? (
          <button type="button" className="quiet-button" onClick={() => void list.fetchNextPage()}>
            {t('accounts.more')}
          </button>
        ) : null}
      </section>
      {shown === undefined ? null : <AccountDrawer key={shown.id} account={shown} onClose={close} />}
      {open.is === 'new' ? <NewAccount onClose={close} /> : null}
    </main>
  )
}
