import { type HouseholdFact, inOrder, undoneIds } from '@guankou/domain/households/household-fact.ts'
import type { Household } from '@guankou/domain/households/household-state.ts'
import { useTranslation } from 'react-i18next'
import { heldFacts } from '#src/round/round-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '../format.ts'
import { factText } from './fact-text.ts'
import type { DoorProps } from './HouseholdScreen.tsx'

const mostShown = 60

/** What happened with a household: its own facts, and who of its people were moved or merged by those of another. */
const factsOf = (all: readonly HouseholdFact[], householdId: string): readonly HouseholdFact[] => {
  const added = new Set(
    all.flatMap(({ id, householdId: home, happening }) =>
      home === householdId && happening.is === 'member-added' ? [id] : [],
    ),
  )
  const isAbout = ({ householdId: home, happening }: HouseholdFact): boolean => {
    if (home === householdId) return true
    if (happening.is === 'member-moved')
      return happening.toHouseholdId === householdId || added.has(happening.personId)
    return happening.is === 'members-merged' && (added.has(happening.keptId) || added.has(happening.mergedId))
  }
  return inOrder(all.filter(isAbout)).toReversed()
}

/** Names of everybody at hand, by each of their entries; of whoever lives here no more the one they were entered with. */
const namesOf = (
  all: readonly HouseholdFact[],
  households: ReadonlyMap<string, Household>,
): ReadonlyMap<string, string> =>
  new Map([
    ...all.flatMap(({ id, happening }) =>
      happening.is === 'member-added' ? [[id, happening.member.name] as const] : [],
    ),
    ...[...households.values()].flatMap(({ people }) =>
      people.flatMap(({ id, mergedIds, member }) =>
        [id, ...mergedIds].map((entry) => [entry, member.name] as const),
      ),
    ),
  ])

const ownOnly: readonly string[] = ['part-done', 'visit-signed', 'household-opened']

const Row = ({
  at,
  fact,
  names,
  undone,
}: Pick<DoorProps, 'at'> & {
  readonly fact: HouseholdFact
  readonly names: ReadonlyMap<string, string>
  readonly undone: ReadonlySet<string>
}) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { id, accountId, householdId, occurredAtMs, happening } = fact
  const isUndone = undone.has(id)
  const nameOfAccount = (account: string): string =>
    at.round?.team.members.find((member) => member.accountId === account)?.name[locale] ??
    t('round.otherTeam')
  const told = factText({ locale, nameOfAccount, nameOfPerson: (person) => names.get(person) }, fact)
  const kind = t(`round.happened.${happening.is}`)
  const colon = locale === 'zh' ? '：' : ': '
  const mayUndo = !isUndone && (accountId === at.accountId || !ownOnly.includes(happening.is))
  return (
    <li className="row row-flat round-fact">
      <span className={isUndone ? 'round-undone' : ''}>
        {told === undefined ? kind : `${kind}${colon}${told}`}
      </span>
      <span className="quiet">
        {nameOfAccount(accountId)} · {formatMoment(occurredAtMs)}
        {isUndone ? ` · ${t('round.isUndone')}` : ''}
      </span>
      {mayUndo ? (
        <button
          type="button"
          className="button button-small"
          onClick={() => void at.say({ is: 'undone', factId: id }, householdId)}
        >
          {t('round.undoThis')}
        </button>
      ) : null}
    </li>
  )
}

/** What was recorded of a household, by whom, newest first; most of it can be undone, and so can the undoing. */
export const History = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  const all = heldFacts(at.held)
  const own = factsOf(all, line.id)
  const undone = undoneIds(all)
  const names = namesOf(all, at.households)
  return (
    <details className="round-more">
      <summary>{t('round.history', { count: own.length })}</summary>
      <ul className="rows">
        {own.slice(0, mostShown).map((fact) => (
          <Row key={fact.id} at={at} fact={fact} names={names} undone={undone} />
        ))}
      </ul>
    </details>
  )
}
