import {
  type DestroyedDayView,
  type HeldDayView,
  readRetentionHistory,
} from '@guankou/contract/retention/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { Certificates } from '#src/retention/Certificates.tsx'
import { CollectionCard } from '#src/retention/CollectionCard.tsx'
import { historyQuery, planQuery } from '#src/retention/queries.ts'

type Classed = Pick<HeldDayView, 'jurisdiction' | 'day' | 'dataClass'>

const useClassed = <Row extends Classed>(): readonly Column<Row>[] => {
  const { t } = useTranslation()
  const names = { identity: t('retention.classes.identity'), health: t('retention.classes.health') }
  return [
    { key: 'day', title: t('retention.day'), text: (row) => row.day },
    { key: 'jurisdiction', title: t('retention.jurisdiction'), text: (row) => String(row.jurisdiction) },
    { key: 'dataClass', title: t('retention.dataClass'), text: (row) => names[row.dataClass] },
  ]
}

const keyOf = (row: Classed): string => `${row.jurisdiction} ${row.day} ${row.dataClass}`

const HeldDays = ({ held }: { readonly held: readonly HeldDayView[] }) => {
  const { t } = useTranslation()
  const columns: readonly Column<HeldDayView>[] = [
    ...useClassed<HeldDayView>(),
    {
      key: 'destroyFrom',
      title: t('retention.destroyFrom'),
      text: ({ destroyFrom, isDue }) => (isDue ? t('retention.due') : destroyFrom),
    },
  ]
  return (
    <section className="card table-card retention-table">
      <h2>{t('retention.held')}</h2>
      {held.length === 0 ? (
        <EmptyState title={t('retention.heldNone')} />
      ) : (
        <DataTable label={t('retention.held')} columns={columns} rows={held} rowKey={keyOf} />
      )}
    </section>
  )
}

const DestroyedDays = ({
  destroyed,
  timeZone,
}: {
  readonly destroyed: readonly DestroyedDayView[]
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const count = (key: 'vehicles' | 'travellers' | 'fields', title: string): Column<DestroyedDayView> => ({
    key,
    title,
    numeric: true,
    text: (row) => formatNumber(locale, row[key]),
  })
  const columns: readonly Column<DestroyedDayView>[] = [
    ...useClassed<DestroyedDayView>(),
    count('vehicles', t('retention.vehicles')),
    count('travellers', t('retention.travellers')),
    count('fields', t('retention.fields')),
    {
      key: 'destroyedAt',
      title: t('retention.destroyedAt'),
      text: (row) => formatInstant(row.destroyedAt, timeZone),
    },
  ]
  return (
    <section className="card table-card retention-table">
      <h2>{t('retention.destroyed')}</h2>
      {destroyed.length === 0 ? (
        <EmptyState title={t('retention.destroyedNone')} />
      ) : (
        <DataTable label={t('retention.destroyed')} columns={columns} rows={destroyed} rowKey={keyOf} />
      )}
    </section>
  )
}

const History = ({ timeZone }: { readonly timeZone: string }) => {
  const history = useQuery(historyQuery)
  return (
    <Query query={history}>
      {({ destroyed, certificates }) => (
        <>
          <Certificates certificates={certificates} timeZone={timeZone} />
          <DestroyedDays destroyed={destroyed} timeZone={timeZone} />
        </>
      )}
    </Query>
  )
}

/** How long what is kept, what is due, and what was destroyed with which certificate. */
export const RetentionPage = () => {
  const { t } = useTranslation()
  useTitle(t('retention.title'))
  const plan = useQuery(planQuery)
  const { role } = useSession()
  const timeZone = useQuery(placesQuery).data?.jurisdictions[0]?.timeZone ?? 'UTC'
  const seesHistory = readRetentionHistory.access.roles.some((each) => each === role)
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('retention.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('retention.lead')}</p>
      <Query query={plan}>
        {(value) => (
          <>
            <CollectionCard {...value} />
            <HeldDays held={value.held} />
          </>
        )}
      </Query>
      {seesHistory ? <History timeZone={timeZone} /> : null}
    </main>
  )
}
