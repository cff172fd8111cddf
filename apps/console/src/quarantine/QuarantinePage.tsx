import { orderQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { AreaChoice, type AreaProps } from '#src/layout/AreaChoice.tsx'
import { AreaPage } from '#src/layout/AreaPage.tsx'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { BoardCard } from '#src/quarantine/BoardCard.tsx'
import { NeedsCard } from '#src/quarantine/NeedsCard.tsx'
import { OrderForm } from '#src/quarantine/OrderForm.tsx'
import { OutcomesCard } from '#src/quarantine/OutcomesCard.tsx'
import { useQuarantineView } from '#src/quarantine/quarantine-view.ts'
import { boardQuery, useBoardChanges } from '#src/quarantine/queries.ts'
import './quarantine.css'

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
  const { view, change } = useQuarantineView()
  const { role } = useSession()
  useBoardChanges(area.code)
  const found = useQuery(boardQuery(area.code))
  const districts = areas.filter(({ code }) => code % 100 !== 0)
  return (
    <>
      <header className="page-head not-printed">
        <h1>{t('quarantine.title')}</h1>
        <AreaChoice
          area={area}
          areas={areas}
          label={t('quarantine.area')}
          onChoose={(code) => change({ area: code })}
        />
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
  const { view } = useQuarantineView()
  return (
    <AreaPage className="quarantine" asked={view.area} none={t('quarantine.none')}>
      {(areas) => <AreaQuarantine {...areas} />}
    </AreaPage>
  )
}
