import type { HouseholdFile } from '@guankou/contract/households/look-up.ts'
import { doorOutcomeNames, nextStepNames, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { doorNumber } from '#src/households/DueDoorsCard.tsx'
import { CoveredFields, type Reveal, RevealFailure, useReveal } from '#src/households/file/CoveredFields.tsx'
import { HouseholdHistory, VisitsCard } from '#src/households/file/HouseholdHistory.tsx'
import { MemberCard } from '#src/households/file/MemberCard.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** What the door waits for, and what is to be done next. */
const Standing = ({ due, next }: Pick<HouseholdFile, 'due' | 'next'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const time = (instant: string) => formatInstant(instant, timeZone).slice(5, 16)
  return (
    <>
      <div>
        <dt>{t('household.due')}</dt>
        <dd>
          {due.length === 0
            ? t('household.nothingDue')
            : due.map(({ task, dueBy }) => (
                <span key={task}>
                  {t('household.dueUntil', { task: inLocale(visitTaskNames[task], locale), day: dueBy })}
                </span>
              ))}
        </dd>
      </div>
      {next === null ? null : (
        <div>
          <dt>{t('rounds.next')}</dt>
          <dd>
            {inLocale(nextStepNames[next.step], locale)}
            <span className="muted">
              {t('household.after', {
                outcome: inLocale(doorOutcomeNames[next.outcome], locale),
                attempt: next.attempt,
              })}
              {next.againFrom === null ? '' : ` · ${t('rounds.againFrom')} ${time(next.againFrom)}`}
            </span>
          </dd>
        </div>
      )}
    </>
  )
}

const HeadCard = ({ file, revealing }: { readonly file: HouseholdFile; readonly revealing: Reveal }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { due, next, overdue, fields, district, householdId } = file
  return (
    <Card
      title={t('household.titleOf', { door: doorNumber(householdId), district: inLocale(district, locale) })}
      note={overdue ? <StatusPill state="act">{t('rounds.standing.overdue')}</StatusPill> : undefined}
    >
      {fields.length === 0 ? <p>{t('household.noAddress')}</p> : null}
      <dl className="identity-facts">
        <CoveredFields personId={null} fields={fields} documentKind={null} revealing={revealing} />
        <Standing due={due} next={next} />
      </dl>
      <RevealFailure unmask={revealing.unmask} />
    </Card>
  )
}

/** One household: who lives there, covered; visits; and everything that was recorded, what was taken back among it. */
export const HouseholdCards = ({ file }: { readonly file: HouseholdFile }) => {
  const { t } = useTranslation()
  const revealing = useReveal(file)
  const numberOf = (personId: string): number | undefined => {
    const at = file.members.findIndex((member) => member.personId === personId)
    return at < 0 ? undefined : at + 1
  }
  return (
    <section className="household-cards" aria-label={doorNumber(file.householdId)}>
      <HeadCard file={file} revealing={revealing} />
      <Card title={t('household.members')} note={t('household.membersNote')}>
        {file.members.length === 0 ? <p>{t('household.noMembers')}</p> : null}
        <div className="household-members">
          {file.members.map((member, at) => (
            <MemberCard
              key={member.personId}
              member={member}
              number={at + 1}
              numberOf={numberOf}
              revealing={revealing}
            />
          ))}
        </div>
        {file.moreMembers ? <p role="status">{t('household.moreMembers')}</p> : null}
      </Card>
      <VisitsCard visits={file.visits} />
      <HouseholdHistory file={file} numberOf={numberOf} />
    </section>
  )
}
