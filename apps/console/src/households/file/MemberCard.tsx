import type { CoveredMember } from '@guankou/contract/households/look-up.ts'
import { relationNames, specialNeedNames } from '@guankou/contract/households/vocabulary.ts'
import { readQuarantineFile } from '@guankou/contract/quarantine/endpoints.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { CoveredFields, type Reveal } from '#src/households/file/CoveredFields.tsx'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { paths } from '#src/path-builder.ts'

/** Episodes of quarantine of somebody, with the way to them for who works on them. */
const Episodes = ({ episodes }: Pick<CoveredMember, 'episodes'>) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const timeZone = useTimeZone()
  const mayOpen = isOpenTo(role, readQuarantineFile)
  return episodes.map(({ jurisdiction, id, orderedAt }) => {
    const text = t('household.episodeOf', { day: formatInstant(orderedAt, timeZone).slice(0, 10) })
    return mayOpen ? (
      <PageLink key={id} path={paths.episode} view={{ area: jurisdiction, episode: id }}>
        {text}
      </PageLink>
    ) : (
      <span key={id}>{text}</span>
    )
  })
}

type NumberOf = (personId: string) => number | undefined

/** What is known of somebody beside who they are. */
const Facts = ({ member, numberOf }: { readonly member: CoveredMember; readonly numberOf: NumberOf }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { reportedById, mergedEntries, needs, episodes } = member
  const reporter = reportedById === null ? undefined : numberOf(reportedById)
  const facts = [
    ...(reporter === undefined
      ? []
      : [[t('household.reportedBy'), t('household.memberNo', { number: reporter })]]),
    ...(needs.length === 0
      ? []
      : [[t('household.needs'), needs.map((need) => inLocale(specialNeedNames[need], locale)).join(' · ')]]),
    ...(mergedEntries === 0 ? [] : [[t('household.merged'), String(mergedEntries)]]),
  ]
  return (
    <>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {episodes.length === 0 ? null : (
        <div>
          <dt>{t('household.quarantine')}</dt>
          <dd>
            <Episodes episodes={episodes} />
          </dd>
        </div>
      )}
    </>
  )
}

type Props = {
  readonly member: CoveredMember
  /** By which the history calls them. */
  readonly number: number
  readonly numberOf: NumberOf
  readonly revealing: Reveal
}

/** Somebody who lives there, covered. */
export const MemberCard = ({ member, number, numberOf, revealing }: Props) => {
  const { t } = useTranslation()
  const { personId, relation, fields, documentKind } = member
  const title = t('household.memberIs', { number, relation: inLocale(relationNames[relation], useLocale()) })
  return (
    <article className="household-member" aria-label={title}>
      <h3>{title}</h3>
      <dl className="identity-facts">
        <CoveredFields
          personId={personId}
          fields={fields}
          documentKind={documentKind}
          revealing={revealing}
        />
        <Facts member={member} numberOf={numberOf} />
      </dl>
    </article>
  )
}
