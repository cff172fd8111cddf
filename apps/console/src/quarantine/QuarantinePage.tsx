import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { orderQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { BoardCard } from '#src/quarantine/BoardCard.tsx'
import { NeedsCard } from '#src/quarantine/NeedsCard.tsx'
import { OrderForm } from '#src/quarantine/OrderForm.tsx'
import { OutcomesCard } from '#src/quarantine/OutcomesCard.tsx'
import { useQuarantineView } from '#src/quarantine/quarantine-view.ts'
import { boardQuery } from '#src/quarantine/queries.ts'
import './quarantine.css'

type AreaProps = { readonly area: Jurisdiction; readonly areas: readonly Jurisdiction[] }

const AreaChoice = ({ area, areas }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { change } = useQuarantineView()
  const id = useId()
  return (
    <div className="monitoring-choices">
      <label htmlFor={id}>{t('quarantine.area')}</label>
      <select
        id={id}
        value={area.code}
        onChange={({ currentTarget }) => change({ area: Number(currentTarget.value) })}
      >
        {areas.map(({ code, name }) => (
          <option key={code} value={code}>
            {inLocale(name, locale)}
          </option>
        ))}
      </select>
    </div>
  )
}

const OrderButton = () => {
  const { t } = useTranslation()
  const { role } = useSession()
  const { view, change } = useQuarantineView()
  const mayOrder = isOpenTo(role, orderQuarantine)
  return (
    <button
      type="button"
      className="quiet-button"
      disabled={!mayOrder}
      title={mayOrder ? undefined : t('quarantine.orderNotYours')}
      aria-pressed={view.order === true}
      onClick={() => change({ order: view.order === true ? undefined : true })}
    >
      {t('quarantine.order')}
    </button>
  )
}

const AreaQuarantine = ({ area, areas }: AreaProps) => {
  const { t } = useTranslation()
  const { view } = useQuarantineView()
  const { role } = useSession()
  const found = useQuery(boardQuery(area.code))
  const districts = areas.filter(({ code }) => code % 100 !== 0)
  return (
    <>
      <header className="page-head not-printed">
        <h1>{t('quarantine.title')}</h1>
        <AreaChoice area={area} areas={areas} />
        <OrderButton />
        <span className="spring" />
        <Clock timeZone={area.timeZone} />
        <PreferenceButtons />
      </header>
      {view.order === true && isOpenTo(role, orderQuarantine) ? (
        <OrderForm key={area.code} areas={area.code % 100 === 0 ? districts : [area]} />
      ) : null}
      <Query query={found}>
        {(board) => (
          <>
            <BoardCard board={board} />
            <div className="quarantine-pair">
              <NeedsCard board={board} />
              <OutcomesCard board={board} />
            </div>
          </>
        )}
      </Query>
    </>
  )
}

/** Everyone in quarantine: what is overdue, what is asked for, and what became of those who were. */
export const QuarantinePage = () => {
  const { t } = useTranslation()
  useTitle(t('quarantine.title'))
  const session = useSession()
  const { view } = useQuarantineView()
  const places = useQuery(placesQuery)
  return (
    <main className="page quarantine" id="content">
      <Query query={places}>
        {({ jurisdictions }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('quarantine.none')} />
          return <AreaQuarantine key={area.code} area={area} areas={areas} />
        }}
      </Query>
    </main>
  )
}
