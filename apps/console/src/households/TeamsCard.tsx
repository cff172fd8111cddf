import { type CoverageBoard, setTeam } from '@guankou/contract/households/endpoints.ts'
import type { PlannedTeam } from '@guankou/contract/households/planning.ts'
import {
  roleOfPart,
  type VisitPart,
  visitPartNames,
  visitParts,
} from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StateMark } from '@guankou/ui/figures/StateMark.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { shortName } from '#src/households/coverage-marks.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'

type CoveredTeam = CoverageBoard['teams'][number]

/** As the address names a team: its district and number. */
export const teamKey = ({ jurisdiction, id }: Pick<CoveredTeam, 'jurisdiction' | 'id'>): string =>
  `${jurisdiction}-${id}`

type Props = {
  readonly board: CoverageBoard
  /** Left out for roles that are not told who is in a team. */
  readonly planned: readonly PlannedTeam[] | undefined
}

/**
 * Undefined for a team that the plan does not know yet: board and plan are asked for apart, and "nobody" must not be said of a team
 * made a moment ago.
 */
const membersFor = (
  planned: readonly PlannedTeam[] | undefined,
  team: CoveredTeam,
  part: VisitPart,
): PlannedTeam['members'] | undefined =>
  planned
    ?.find((each) => teamKey(each) === teamKey(team))
    ?.members.filter(({ role }) => role === roleOfPart[part])

const useColumns = ({ board, planned }: Props): readonly Column<CoveredTeam>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const cells = new Map(board.gridCells.map((cell) => [cell.gridCellId, cell]))
  const membersOf = (team: CoveredTeam, part: VisitPart): string =>
    membersFor(planned, team, part)
      ?.map(({ name }) => inLocale(name, locale))
      .join(' · ') ?? ''
  const count = (key: 'triedToday' | 'completeToday' | 'members', title: string) => ({
    key,
    title,
    numeric: true,
    text: (team: CoveredTeam) => formatNumber(locale, team[key]),
  })
  return [
    { key: 'team', title: t('rounds.team'), text: ({ name }) => inLocale(name, locale) },
    ...(planned === undefined
      ? [count('members', t('rounds.members'))]
      : visitParts.map((part) => ({
          key: part,
          title: inLocale(visitPartNames[part], locale),
          text: (team: CoveredTeam) => membersOf(team, part),
        }))),
    {
      key: 'cells',
      title: t('rounds.cells'),
      text: ({ gridCellIds }) =>
        gridCellIds
          .map((id) => shortName(inLocale(cells.get(id)?.name ?? { zh: '', en: '' }, locale), id))
          .join(' · '),
    },
    count('triedToday', t('rounds.triedToday')),
    count('completeToday', t('rounds.completeToday')),
  ]
}

const NewTeam = () => {
  const { t } = useTranslation()
  const { role } = useSession()
  const { view, change } = useRoundsView()
  const may = isOpenTo(role, setTeam)
  const isOpen = view.form === 'team' && view.team === undefined
  return (
    <button
      type="button"
      className="quiet-button not-printed"
      disabled={!may}
      title={may ? undefined : t('rounds.teamNotYours')}
      aria-pressed={isOpen}
      onClick={() => change({ form: isOpen ? undefined : 'team', team: undefined })}
    >
      {t('rounds.newTeam')}
    </button>
  )
}

/** Who goes where, and what each team has done today. */
export const TeamsCard = (props: Props) => {
  const { t } = useTranslation()
  const { change } = useRoundsView()
  const columns = useColumns(props)
  const { teams } = props.board
  return (
    <Card title={t('rounds.teams')} note={t('rounds.teamsNote')} controls={<NewTeam />}>
      {teams.length === 0 ? (
        <EmptyState title={t('rounds.noTeams')}>{t('rounds.noTeamsText')}</EmptyState>
      ) : (
        <DataTable
          label={t('rounds.teams')}
          columns={columns}
          rows={teams}
          rowKey={teamKey}
          draw={({ key, text }, team) => {
            const part = visitParts.find((each) => each === key)
            if (part !== undefined && membersFor(props.planned, team, part)?.length === 0)
              return (
                <span className="team-gap">
                  <StateMark state="look" silent /> {t('rounds.nobody')}
                </span>
              )
            return key === 'team' && props.planned !== undefined ? (
              <button
                type="button"
                className="link-button"
                aria-label={t('rounds.changeTeam', { team: text(team) })}
                onClick={() => change({ form: 'team', team: teamKey(team) })}
              >
                {text(team)}
              </button>
            ) : undefined
          }}
        />
      )}
    </Card>
  )
}
