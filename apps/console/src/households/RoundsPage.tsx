import { askTasks, type CoverageBoard, setTeam } from '@guankou/contract/households/endpoints.ts'
import { readTeamBoard } from '@guankou/contract/households/planning.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { AskedCard } from '#src/households/AskedCard.tsx'
import { AskForm } from '#src/households/AskForm.tsx'
import { CoverageCard } from '#src/households/CoverageCard.tsx'
import { DueDoorsCard } from '#src/households/DueDoorsCard.tsx'
import { coverageQuery, dueDoorsQuery, teamBoardQuery, useRoundsChanges } from '#src/households/queries.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { TeamForm } from '#src/households/TeamForm.tsx'
import { TeamsCard, teamKey } from '#src/households/TeamsCard.tsx'
import { AreaChoice, type AreaProps } from '#src/layout/AreaChoice.tsx'
import { AreaPage } from '#src/layout/AreaPage.tsx'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import './households.css'

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
  const { change } = useRoundsView()
  return (
    <header className="page-head">
      <h1>{t('rounds.title')}</h1>
      <AreaChoice
        {...props}
        label={t('rounds.area')}
        onChoose={(area) => change({ area, cell: undefined, team: undefined })}
      />
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
  useRoundsChanges(area.code)
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
  const { view } = useRoundsView()
  return (
    <AreaPage className="rounds" asked={view.area} none={t('rounds.noCells')}>
      {(areas) => <AreaRounds {...areas} />}
    </AreaPage>
  )
}
