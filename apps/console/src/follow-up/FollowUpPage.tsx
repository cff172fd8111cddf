import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { readQuarantineBoard } from '@guankou/contract/quarantine/endpoints.ts'
import { listWorklists } from '@guankou/contract/worklists/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { CountsCard } from '#src/follow-up/CountsCard.tsx'
import { OverdueCard } from '#src/follow-up/OverdueCard.tsx'
import { countWork, listsIn, overdueOf } from '#src/follow-up/overdue.ts'
import { dueDoorsQuery } from '#src/households/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { paths, readAreaView } from '#src/path-builder.ts'
import { boardQuery } from '#src/quarantine/queries.ts'
import { worklistsQuery } from '#src/worklists/queries.ts'
import '#src/households/households.css'

type AreaProps = { readonly area: Jurisdiction; readonly areas: readonly Jurisdiction[] }

const Head = ({ area, areas }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const go = useGo()
  const id = useId()
  return (
    <header className="page-head">
      <h1>{t('followUp.title')}</h1>
      <div className="monitoring-choices">
        <label htmlFor={id}>{t('rounds.area')}</label>
        <select
          id={id}
          value={area.code}
          onChange={({ currentTarget }) =>
            go(paths.followUp, { area: Number(currentTarget.value) }, 'replace')
          }
        >
          {areas.map(({ code, name }) => (
            <option key={code} value={code}>
              {inLocale(name, locale)}
            </option>
          ))}
        </select>
      </div>
      <button type="button" className="quiet-button" onClick={() => window.print()}>
        {t('rounds.print')}
      </button>
      <span className="spring" />
      <Clock timeZone={area.timeZone} />
      <PreferenceButtons />
    </header>
  )
}

/** Each kind of work is asked for where the role is told of it; doors are what the page lives from. */
const AreaFollowUp = ({ area, areas }: AreaProps) => {
  const { role } = useSession()
  const due = useQuery(dueDoorsQuery(area.code))
  const board = useQuery({ ...boardQuery(area.code), enabled: isOpenTo(role, readQuarantineBoard) })
  const lists = useQuery({ ...worklistsQuery, enabled: isOpenTo(role, listWorklists) })
  return (
    <>
      <Head area={area} areas={areas} />
      <Query query={due}>
        {(doors) => {
          const work = {
            doors,
            quarantine: board.data,
            lists: lists.data && listsIn(lists.data.lists, area.code),
            nowMs: Date.parse(doors.asOf),
            timeZone: area.timeZone,
          }
          const overdue = overdueOf(work)
          return (
            <>
              {board.isError ? <Query query={board}>{() => null}</Query> : null}
              {lists.isError ? <Query query={lists}>{() => null}</Query> : null}
              <CountsCard counts={countWork(work, overdue)} area={area.code} nowMs={work.nowMs} />
              <OverdueCard work={work} overdue={overdue} />
            </>
          )
        }}
      </Query>
    </>
  )
}

/** What is overdue in an area over rounds, quarantine and calls, so that a lead sees in one place where to look. */
export const FollowUpPage = () => {
  const { t } = useTranslation()
  useTitle(t('followUp.title'))
  const session = useSession()
  const asked = readAreaView(useSearchPart()).area
  const places = useQuery(placesQuery)
  return (
    <main className="page rounds" id="content">
      <Query query={places}>
        {({ jurisdictions }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, asked, session.areaCode)
          if (area === undefined) return <EmptyState title={t('rounds.noCells')} />
          return <AreaFollowUp key={area.code} area={area} areas={areas} />
        }}
      </Query>
    </main>
  )
}
