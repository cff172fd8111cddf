import type { HouseholdFact } from '@guankou/domain/households/household-fact.ts'
import { inOrder, undoneIds } from '@guankou/domain/households/household-fact.ts'
import { useTranslation } from 'react-i18next'
import { heldFacts } from '#src/round/round-held.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '../format.ts'
import type { DoorProps } from './HouseholdScreen.tsx'

const mostShown = 60

/** What was recorded of a household, by whom, newest first; an own fact can be undone, and so can the undoing. */
export const History = ({ at, line }: DoorProps) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const all = heldFacts(at.held)
  const own = inOrder(all.filter(({ householdId }) => householdId === line.id))
  const undone = undoneIds(all)
  const nameOf = ({ accountId }: HouseholdFact): string =>
    at.round?.team.members.find((member) => member.accountId === accountId)?.name[locale] ??
    t('round.otherTeam')
  const mayUndo = (fact: HouseholdFact): boolean =>
    !undone.has(fact.id) &&
    (fact.accountId === at.accountId ||
      !['part-done', 'visit-signed', 'household-opened'].includes(fact.happening.is))
  return (
    <details className="round-more">
      <summary>{t('round.history', { count: own.length })}</summary>
      <ul className="rows">
        {own
          .toReversed()
          .slice(0, mostShown)
          .map((fact) => (
            <li key={fact.id} className="row row-flat round-fact">
              <span className={undone.has(fact.id) ? 'round-undone' : ''}>
                {t(`round.happened.${fact.happening.is}`)}
              </span>
              <span className="quiet">
                {nameOf(fact)} · {formatMoment(fact.occurredAtMs)}
                {undone.has(fact.id) ? ` · ${t('round.isUndone')}` : ''}
              </span>
              {mayUndo(fact) ? (
                <button
                  type="button"
                  className="button button-small"
                  onClick={() => void at.say({ is: 'undone', factId: fact.id }, line.id)}
                >
                  {t('round.undoThis')}
                </button>
              ) : null}
            </li>
          ))}
      </ul>
    </details>
  )
}
