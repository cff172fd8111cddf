import { exportPurposeNames } from '@guankou/contract/exports/columns.ts'
import { type LatestAccess, listAccesses, type OfficerAccesses } from '@guankou/contract/identity/accesses.ts'
import {
  accessWayNames,
  identityFieldNames,
  seenPurposeNames,
  wideLookUpsPerDay,
} from '@guankou/contract/identity/purposes.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { civilDateOf, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'

const accessesQuery = (area: number, day: string) =>
  queryOptions({
    queryKey: ['accesses', area, day],
    queryFn: async () => orThrow(await client.call(listAccesses, { query: { area, day } })),
    refetchInterval: 30_000,
  })

const purposeNames: Readonly<Record<string, Bilingual>> = { ...exportPurposeNames, ...seenPurposeNames }
const fieldNames: Readonly<Record<string, Bilingual>> = identityFieldNames

const useWords = () => {
  const locale = useLocale()
  const word = (names: Readonly<Record<string, Bilingual>>, key: string): string => {
    const name = names[key]
    return name === undefined ? key : inLocale(name, locale)
  }
  return {
    locale,
    purpose: (key: string): string => word(purposeNames, key),
    field: (key: string): string => word(fieldNames, key),
  }
}

const useOfficerColumns = (): readonly Column<OfficerAccesses>[] => {
  const { t } = useTranslation()
  const { locale, purpose } = useWords()
  const count = (
    key: string,
    title: string,
    value: (row: OfficerAccesses) => number,
  ): Column<OfficerAccesses> => ({
    key,
    title,
    numeric: true,
    text: (row) => formatNumber(locale, value(row)),
  })
  return [
    { key: 'officer', title: t('accesses.officer'), text: ({ officer }) => inLocale(officer, locale) },
    { key: 'role', title: t('accesses.role'), text: ({ role }) => inLocale(roleNames[role], locale) },
    {
      key: 'state',
      title: t('accesses.state'),
      hint: t('accesses.wideHint', { count: wideLookUpsPerDay }),
      text: ({ wide }) => t(wide ? 'accesses.wide' : 'accesses.usual'),
    },
    count('lookUps', t('accesses.lookUps'), (row) => row.lookUps),
    count('withoutMatch', t('accesses.withoutMatch'), (row) => row.lookUpsWithoutMatch),
    count('unmasked', t('accesses.unmasked'), (row) => row.unmasked),
    count('exported', t('accesses.exported'), (row) => row.exported),
    count('people', t('accesses.people'), (row) => row.people),
    {
      key: 'purposes',
      title: t('accesses.purposes'),
      text: ({ purposes }) => purposes.map((one) => `${purpose(one.purpose)} ${one.times}`).join(' · '),
    },
  ]
}

const Officers = ({ officers }: { readonly officers: readonly OfficerAccesses[] }) => {
  const { t } = useTranslation()
  const columns = useOfficerColumns()
  const draw = (column: Column<OfficerAccesses>, row: OfficerAccesses) =>
    column.key === 'state' && row.wide ? <StatusPill state="look">{column.text(row)}</StatusPill> : undefined
  return (
    <section className="card table-card identity-section">
      <h2>{t('accesses.officers')}</h2>
      {officers.length === 0 ? (
        <EmptyState title={t('accesses.none')} />
      ) : (
        <DataTable
          label={t('accesses.officers')}
          columns={columns}
          rows={officers}
          rowKey={({ accountId }) => accountId}
          draw={draw}
        />
      )}
    </section>
  )
}

const Latest = ({ latest }: { readonly latest: readonly LatestAccess[] }) => {
  const { t } = useTranslation()
  const { locale, purpose, field } = useWords()
  const timeZone = useTimeZone()
  if (latest.length === 0) return null
  const columns: readonly Column<LatestAccess>[] = [
    { key: 'at', title: t('accesses.at'), text: ({ at }) => formatInstant(at, timeZone) },
    { key: 'officer', title: t('accesses.officer'), text: ({ officer }) => inLocale(officer, locale) },
    { key: 'way', title: t('accesses.way'), text: ({ way }) => inLocale(accessWayNames[way], locale) },
    { key: 'purpose', title: t('accesses.purposes'), text: (row) => purpose(row.purpose) },
    { key: 'fields', title: t('accesses.fields'), text: ({ fields }) => fields.map(field).join(' · ') },
  ]
  const numbered = latest.map((row, index) => ({ ...row, index }))
  return (
    <section className="card table-card identity-section">
      <h2>{t('accesses.latest')}</h2>
      <DataTable
        label={t('accesses.latest')}
        columns={columns}
        rows={numbered}
        rowKey={({ at, index }) => `${at} ${index}`}
      />
    </section>
  )
}

/** Who saw people, for whoever watches over data protection. */
export const AccessesPage = () => {
  const { t } = useTranslation()
  useTitle(t('accesses.title'))
  const id = useId()
  const { areaCode } = useSession()
  const today = civilDateOf(Date.now(), useTimeZone())
  // The day of the city is known a moment after the page: until somebody chooses one it is today's.
  const [chosen, setChosen] = useState<string>()
  const day = chosen ?? today
  const accesses = useQuery(accessesQuery(areaCode, day === '' ? today : day))
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('accesses.title')}</h1>
        <span className="identity-day">
          <label htmlFor={id}>{t('accesses.day')}</label>
          <input
            id={id}
            type="date"
            max={today}
            value={day}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        </span>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('accesses.lead')}</p>
      <Query query={accesses}>
        {({ officers, latest }) => (
          <>
            <Officers officers={officers} />
            <Latest latest={latest} />
          </>
        )}
      </Query>
    </main>
  )
}
