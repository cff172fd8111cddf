import { householdFieldNames } from '@guankou/contract/households/look-up.ts'
import {
  relationNames,
  specialNeedNames,
  verifiedHowNames,
  visitTaskNames,
} from '@guankou/contract/households/vocabulary.ts'
import { accessWayNames, seenPurposeNames } from '@guankou/contract/identity/purposes.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import type { HeldHousehold, HeldVisit } from '@guankou/contract/subject-access/held-household.ts'
import { formatQuantity } from '#src/format/quantity.ts'
import { civilDateOf, formatDayLong, formatInstant } from '#src/format/time.ts'
import { type PageLook, Row, say, Text } from './record-sections.tsx'

const listOf = ({ locale }: PageLook) => new Intl.ListFormat(locale === 'zh' ? 'zh-CN' : 'en-GB')

const Details = ({ household, look }: { readonly household: HeldHousehold; readonly look: PageLook }) => {
  const { locale } = look
  const list = listOf(look)
  const { needs, stays, birthYear, contactWithCase } = household
  return (
    <dl>
      {household.fields.map((held) => (
        <Row key={held.field} name={householdFieldNames[held.field][locale]}>
          <Text value={held} what={householdFieldNames[held.field][locale]} look={look} />
        </Row>
      ))}
      <Row name={say(locale, 'relation')}>{relationNames[household.relation][locale]}</Row>
      {birthYear === null ? null : <Row name={say(locale, 'born')}>{birthYear}</Row>}
      <Row name={say(locale, 'needs')}>
        {needs.length === 0
          ? say(locale, 'none')
          : list.format(needs.map((need) => specialNeedNames[need][locale]))}
      </Row>
      {stays.length === 0 ? null : (
        <Row name={say(locale, 'stays')}>
          {list.format(
            stays.map(({ area, until }) =>
              say(locale, 'stay', { area: area[locale], day: formatDayLong(locale, until) }),
            ),
          )}
        </Row>
      )}
      {contactWithCase === null ? null : (
        <Row name={say(locale, 'contact')}>{say(locale, contactWithCase ? 'yes' : 'no')}</Row>
      )}
    </dl>
  )
}

/** What one visit found of the person, in a line. */
const visitText = ({ tasks, temperatureCelsius, symptoms, verified }: HeldVisit, look: PageLook): string => {
  const { locale } = look
  const found = [
    tasks.map((task) => visitTaskNames[task][locale]).join(' + '),
    ...(temperatureCelsius === null ? [] : [formatQuantity(locale, temperatureCelsius, 'celsius', 1)]),
    ...symptoms.map((symptom) => symptom[locale]),
    ...(verified === null ? [] : [verifiedHowNames[verified][locale]]),
  ]
  return found.join(' · ')
}

const Visits = ({ household, look }: { readonly household: HeldHousehold; readonly look: PageLook }) => (
  <section>
    <h3>{say(look.locale, 'visits')}</h3>
    {household.visits.length === 0 ? (
      <p>{say(look.locale, 'visitsNone')}</p>
    ) : (
      <ul>
        {household.visits.map((visit) => (
          <li key={visit.at}>
            {formatInstant(visit.at, look.timeZone)} · {visitText(visit, look)}
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Seen = ({ household, look }: { readonly household: HeldHousehold; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  const list = listOf(look)
  return (
    <section>
      <h3>{say(locale, 'seen')}</h3>
      {household.seenBy.length === 0 ? (
        <p>{say(locale, 'seenNone')}</p>
      ) : (
        <ol className="person-seen">
          {household.seenBy.map((seen) => (
            <li key={`${seen.at} ${seen.role} ${seen.way} ${seen.fields.join()}`}>
              <b>{roleNames[seen.role][locale]}</b> · {formatInstant(seen.at, timeZone)}
              <br />
              {say(locale, 'seenWhy')}: {seenPurposeNames[seen.purpose][locale]} · {say(locale, 'seenHow')}:{' '}
              {accessWayNames[seen.way][locale]} · {say(locale, 'seenWhat')}:{' '}
              {list.format(seen.fields.map((field) => householdFieldNames[field][locale]))}
              {seen.reason === null ? null : (
                <>
                  <br />
                  {say(locale, 'seenReason', { reason: seen.reason })}
                </>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What households hold of the person, and who read it; of the others who live there nothing is told. */
export const HouseholdSection = ({
  households,
  look,
}: {
  readonly households: readonly HeldHousehold[]
  readonly look: PageLook
}) => {
  const { locale, timeZone } = look
  const day = (instant: string) => formatDayLong(locale, civilDateOf(instant, timeZone))
  if (households.length === 0) return null
  return (
    <section className="person-households">
      <h2>{say(locale, 'household')}</h2>
      <p>{say(locale, 'householdLead')}</p>
      {households.map((household) => (
        <article key={`${household.since} ${household.district.zh}`} className="person-record">
          <p>
            <b>{household.district[locale]}</b> · {say(locale, 'entered', { day: day(household.since) })}
            {household.livesHere ? null : ` · ${say(locale, 'left')}`}
          </p>
          <Details household={household} look={look} />
          <Visits household={household} look={look} />
          <p>
            {say(locale, household.identityHeld.is === 'held' ? 'heldUntil' : 'destroyedOn', {
              day: formatDayLong(locale, household.identityHeld.on),
            })}
          </p>
          <Seen household={household} look={look} />
        </article>
      ))}
    </section>
  )
}
