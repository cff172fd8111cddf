import { doorOutcomeNames, relationNames, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { identityFieldNames } from '@guankou/contract/identity/purposes.ts'
import type { HouseholdMatch } from '@guankou/contract/pairing/look-up.ts'
import { answersOfHouseholds } from '@guankou/domain/pairing/prepared-answer.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { AnswerButton, type AnswerTo } from '#src/pairing/AnswerButton.tsx'

const Members = ({ household }: { readonly household: HouseholdMatch }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { members, people } = household
  return (
    <ul>
      {members.map(({ personId, relation, fields }) => (
        <li key={personId}>
          {[
            inLocale(relationNames[relation], locale),
            ...fields.map(({ field, masked }) => `${inLocale(identityFieldNames[field], locale)} ${masked}`),
          ].join(' · ')}
        </li>
      ))}
      {people > members.length ? (
        <li>{t('pairing.moreMembers', { count: people - members.length })}</li>
      ) : null}
    </ul>
  )
}

/** When the door was visited, what came of it, and what it is due for. */
const Visits = ({ household }: { readonly household: HouseholdMatch }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { due, lastOutcome, visitedOn, triedOn } = household
  const tasks = due.map(({ task, dueBy }) =>
    t('pairing.dueBy', { task: inLocale(visitTaskNames[task], locale), day: dueBy }),
  )
  const parts = [
    visitedOn === null ? undefined : t('pairing.visited', { day: visitedOn }),
    triedOn === null ? undefined : t('pairing.tried', { day: triedOn }),
    lastOutcome === null
      ? undefined
      : t('pairing.outcome', { outcome: inLocale(doorOutcomeNames[lastOutcome], locale) }),
    tasks.length === 0
      ? t('pairing.nothingDue')
      : t('pairing.due', { tasks: tasks.join(locale === 'zh' ? '、' : ', ') }),
  ]
  return <p>{parts.filter((part) => part !== undefined).join(' · ')}</p>
}

type Props = { readonly households: readonly HouseholdMatch[]; readonly to: AnswerTo }

/** Households that were found, their people covered, each with the answer it gives. */
export const FoundHouseholds = ({ households, to }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const answers = answersOfHouseholds(households)
  const none = answers.find(({ householdId }) => householdId === undefined)
  return (
    <>
      {households.map((household) => {
        const prepared = answers.find(({ householdId }) => householdId === household.householdId)
        const { addressHead, district, people } = household
        return (
          <section key={household.householdId} className="pairing-found" aria-label={t('pairing.household')}>
            <h3>
              {[addressHead, inLocale(district, locale), t('pairing.registered', { count: people })]
                .filter((part) => part !== null)
                .join(' · ')}
            </h3>
            <Members household={household} />
            <Visits household={household} />
            {prepared === undefined ? null : <AnswerButton to={to} prepared={prepared} />}
          </section>
        )
      })}
      {none === undefined ? null : <AnswerButton to={to} prepared={none} />}
    </>
  )
}
