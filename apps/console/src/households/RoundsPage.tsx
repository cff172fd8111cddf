import { askTasks, type CoverageBoard, setTeam } from '@guankou/contract/households/endpoints.ts'
import { readTeamBoard } from '@guankou/contract/households/planning.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { AskedCard } from '#src/households/AskedCard.tsx'
import { AskForm } from '#src/households/AskForm.tsx'
import { CoverageCard } from '#src/households/CoverageCard.tsx'
import { DueDoorsCard } from '#src/households/DueDoorsCard.tsx'
import { coverageQuery, dueDoorsQuery, teamBoardQuery } from '#src/households/queries.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { TeamForm } from '#src/households/TeamForm.tsx'
import { TeamsCard, teamKey } from '#src/households/TeamsCard.tsx'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import './households.css'

type AreaProps = { readonly area: Jurisdiction; readonly areas: readonly Jurisdiction[] }

const AreaChoice = ({ area, areas }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { change } = useRoundsView()
  const id = useId()
  return (
    <div className="monitoring-choices">
      <label htmlFor={id}>{t('rounds.area')}</label>
      <select
        id={id}
        value={area.code}
        onChange={({ currentTarget }) =>
          change({ area: Number(currentTarget.value), cell: undefined, team: undefined })
        }
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

const AskButton = () => {
  const { t } = useTranslation()
  const { role } = useSession()
  const { view, change } = useRoundsView()
  const may = isOpenTo(role, askTasks)
  const isOpen = view.form === 'ask'
  return (
    <button
      type="button"
      className="quiet-button"
      disabled={!may}
      title={may ? undefined : t('rounds.askNotYours')}
      aria-pressed={isOpen}
      onClick={() => change({ form: isOpen ? undefined : 'ask', team: undefined })}
    >
      {t('rounds.ask')}
    </button>
  )
}

const Head = (props: AreaProps) => {
  const { t } = useTranslation()
  return (
    <header className="page-head">
      <h1>{t('rounds.title')}</h1>
      <AreaChoice {...props} />
      <AskButton />
      <button type="button" className="quiet-button" onClick={() => window.print()}>
        {t('rounds.print')}
      </button>
      <span className="spring" />
      <Clock timeZone={props.area.timeZone} />
      <PreferenceButtons />
    </header>
  )
}

/** The form that is open, for who may use it. */
const OpenForm = ({ area, areas, board }: AreaProps & { readonly board: CoverageBoard }) => {
  const { role } = useSession()
  const { view } = useRoundsView()
  const isPlanner = isOpenTo(role, setTeam)
  const planned = useQuery({ ...teamBoardQuery(area.code), enabled: isPlanner })
  if (view.form === 'ask') return isOpenTo(role, askTasks) ? <AskForm key={area.code} board={board} /> : null
  if (view.form !== 'team' || !isPlanner) return null
  const districts = areas.filter(({ code }) => code % 100 !== 0)
  return (
    <Query query={planned}>
      {(teams) => {
        const team = teams.teams.find((each) => teamKey(each) === view.team)
        return (
          <TeamForm
            key={view.team ?? 'new'}
            planned={teams}
            coverage={board}
            districts={area.code % 100 === 0 ? districts : [area]}
            team={team}
          />
        )
      }}
    </Query>
  )
}

const AreaRounds = ({ area, areas }: AreaProps) => {
  const { role } = useSession()
  const coverage = useQuery(coverageQuery(area.code))
  const due = useQuery(dueDoorsQuery(area.code))
  const planned = useQuery({ ...teamBoardQuery(area.code), enabled: isOpenTo(role, readTeamBoard) })
  return (
    <>
      <Head area={area} areas={areas} />
      <Query query={coverage}>
        {(board) => (
          <>
            <OpenForm area={area} areas={areas} board={board} />
            <div className="rounds-pair">
              <CoverageCard board={board} area={area} />
              <div>
                <TeamsCard board={board} planned={planned.data?.teams} />
                <Query query={due}>{(doors) => <AskedCard due={doors} board={board} />}</Query>
              </div>
            </div>
            <Query query={due}>{(doors) => <DueDoorsCard doors={doors} board={board} />}</Query>
          </>
        )}
      </Query>
    </>
  )
}

/** Community teams, what they are asked for, and how far they have come. */
export const RoundsPage = () => {
  const { t } = useTranslation()
  useTitle(t('rounds.title'))
  const session = useSession()
  const { view } = useRoundsView()
  const places = useQuery(placesQuery)
  return (
    <main className="page rounds" id="content">
      <Query query={places}>
        {({ jurisdictions }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('rounds.noCells')} />
          return <AreaRounds key={area.code} area={area} areas={areas} />
        }}
      </Query>
    </main>
  )
}
