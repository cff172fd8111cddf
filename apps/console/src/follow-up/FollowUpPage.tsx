import { readQuarantineBoard } from '@guankou/contract/quarantine/endpoints.ts'
import { listWorklists } from '@guankou/contract/worklists/endpoints.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CountsCard } from '#src/follow-up/CountsCard.tsx'
import { OverdueCard } from '#src/follow-up/OverdueCard.tsx'
import { countWork, listsIn, overdueOf } from '#src/follow-up/overdue.ts'
import { dueDoorsQuery, roundsProgressKeys } from '#src/households/queries.ts'
import { AreaChoice, type AreaProps } from '#src/layout/AreaChoice.tsx'
import { AreaPage } from '#src/layout/AreaPage.tsx'
import { Clock } from '#src/layout/Clock.tsx'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { type RefetchOn, useRefetchOn } from '#src/live/use-refetch-on.ts'
import { paths, readAreaView } from '#src/path-builder.ts'
import { boardQuery, quarantineBoardKey } from '#src/quarantine/queries.ts'
import { worklistsQuery } from '#src/worklists/queries.ts'
import '#src/households/households.css'

const Head = ({ area, areas }: AreaProps) => {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <header className="page-head">
      <h1>{t('followUp.title')}</h1>
      <AreaChoice
        area={area}
        areas={areas}
        label={t('rounds.area')}
        onChoose={(code) => go(paths.followUp, { area: code }, 'replace')}
      />
      <button type="button" className="quiet-button" onClick={() => window.print()}>
        {t('rounds.print')}
      </button>
      <span className="spring" />
      <Clock timeZone={area.timeZone} />
      <PreferenceButtons />
    </header>
  )
}

const onFollowUp: RefetchOn = {
  topics: new Set(['households', 'quarantine', 'rescreen']),
  queryKeys: [...roundsProgressKeys, quarantineBoardKey, worklistsQuery.queryKey],
}

/** Each kind of work is asked for where the role is told of it; doors are what the page lives from. */
const AreaFollowUp = ({ area, areas }: AreaProps) => {
  const { role } = useSession()
  useRefetchOn(area.code, onFollowUp)
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
  const asked = readAreaView(useSearchPart()).area
  return (
    <AreaPage className="rounds" asked={asked} none={t('rounds.noCells')}>
      {(areas) => <AreaFollowUp {...areas} />}
    </AreaPage>
  )
}
