import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import type { PlannedTeam, TeamBoard } from '@guankou/contract/households/planning.ts'
import {
  roleOfPart,
  type VisitPart,
  visitPartNames,
  visitParts,
} from '@guankou/contract/households/vocabulary.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CellTicks } from '#src/households/CellTicks.tsx'
import { useSetTeam } from '#src/households/queries.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { teamKey } from '#src/households/TeamsCard.tsx'
import {
  bodyOfDraft,
  draftOf,
  faultOf,
  mayJoin,
  partsMissing,
  type TeamDraft,
} from '#src/households/team-draft.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { Choice, Text, Ticks } from '#src/quarantine/fields.tsx'

type Props = {
  readonly planned: TeamBoard
  readonly coverage: CoverageBoard
  /** Districts in which a team may be made. */
  readonly districts: readonly Jurisdiction[]
  /** Left out: a new team. */
  readonly team: PlannedTeam | undefined
}

type PartProps = {
  readonly props: Props
  readonly draft: TeamDraft
  readonly change: (part: Partial<TeamDraft>) => void
}

/** The people who may do one part, each with the team they are in. */
const PartTicks = ({ part, props, draft, change }: PartProps & { readonly part: VisitPart }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { people, teams } = props.planned
  const own = people.filter(
    (person) => person.role === roleOfPart[part] && mayJoin(person, draft.jurisdiction),
  )
  const ids = own.map(({ accountId }) => accountId)
  const others = draft.accountIds.filter((id) => !ids.includes(id))
  const teamOf = (accountId: string): string => {
    const team = teams.find(
      (each) =>
        (props.team === undefined || teamKey(each) !== teamKey(props.team)) &&
        each.members.some((member) => member.accountId === accountId),
    )
    return team === undefined ? '' : ` (${t('rounds.inTeam', { team: inLocale(team.name, locale) })})`
  }
  const label = inLocale(visitPartNames[part], locale)
  if (own.length === 0) return <p className="muted">{t('rounds.noneToChoose', { part: label })}</p>
  return (
    <Ticks
      label={label}
      choices={own.map(({ accountId, name }) => ({
        value: accountId,
        label: inLocale(name, locale) + teamOf(accountId),
      }))}
      chosen={draft.accountIds}
      onChange={(chosen) => change({ accountIds: [...others, ...chosen.filter((id) => ids.includes(id))] })}
    />
  )
}

const Names = ({ props, draft, change }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      {props.team !== undefined || props.districts.length < 2 ? null : (
        <Choice
          label={t('rounds.district')}
          value={draft.jurisdiction}
          choices={props.districts.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) }))}
          onChange={(jurisdiction) => change({ jurisdiction, accountIds: [], gridCellIds: [] })}
        />
      )}
      <Text label={t('rounds.nameZh')} value={draft.zh} most={60} onChange={(zh) => change({ zh })} />
      <Text label={t('rounds.nameEn')} value={draft.en} most={60} onChange={(en) => change({ en })} />
    </>
  )
}

/** What is still missing, and what a team without one of the three cannot do. */
const Remarks = ({ props, draft }: Omit<PartProps, 'change'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const fault = faultOf(draft)
  const missing = partsMissing(draft, props.planned.people)
  return (
    <p className="muted" aria-live="polite">
      {fault === undefined ? null : t(`rounds.faults.${fault}`)}{' '}
      {missing.length === 0
        ? null
        : t('rounds.partsMissing', {
            parts: missing.map((part) => inLocale(visitPartNames[part], locale)).join(' · '),
          })}
    </p>
  )
}

const useDrafting = (props: Props) => {
  const { change: changeView } = useRoundsView()
  const set = useSetTeam()
  const [draft, setDraft] = useState(() => draftOf(props.team, props.districts[0]?.code ?? 0))
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (faultOf(draft) !== undefined) return
    set.mutate(bodyOfDraft(draft, props.team, props.planned), {
      onSuccess: () => changeView({ form: undefined, team: undefined }),
    })
  }
  const change = (part: Partial<TeamDraft>): void => setDraft((now) => ({ ...now, ...part }))
  return { set, draft, change, send, close: () => changeView({ form: undefined, team: undefined }) }
}

/** Makes a team, or changes who is in it and where it goes. */
export const TeamForm = (props: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { set, draft, change, send, close } = useDrafting(props)
  const parts = { props, draft, change }
  const title =
    props.team === undefined
      ? t('rounds.newTeam')
      : t('rounds.changeTeam', { team: inLocale(props.team.name, locale) })
  return (
    <Card title={title} note={t('rounds.teamNote')} className="not-printed">
      <form className="identity-form rounds-form" onSubmit={send} aria-label={title}>
        <Names {...parts} />
        {visitParts.map((part) => (
          <PartTicks key={part} part={part} {...parts} />
        ))}
        <CellTicks
          cells={props.coverage.gridCells.filter(({ jurisdiction }) => jurisdiction === draft.jurisdiction)}
          chosen={draft.gridCellIds}
          onChange={(gridCellIds) => change({ gridCellIds })}
        />
        <Remarks props={props} draft={draft} />
        <span className="plain-buttons">
          <button
            type="submit"
            className="primary-button"
            disabled={set.isPending || faultOf(draft) !== undefined}
          >
            {t('rounds.saveTeam')}
          </button>
          <button type="button" className="quiet-button" onClick={close}>
            {t('rounds.close')}
          </button>
        </span>
        <p className="field-error" role="alert">
          {set.isError ? failureText(set.error).text : null}
        </p>
      </form>
    </Card>
  )
}
