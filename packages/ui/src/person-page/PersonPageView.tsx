import { accessWayNames, identityFieldNames, seenPurposeNames } from '@guankou/contract/identity/purposes.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import type { PersonPage, PersonRecord } from '@guankou/contract/subject-access/person-page.ts'
import {
  correctableFieldNames,
  type RequestView,
  requestKindNames,
  requestOutcomeNames,
  requestStateNames,
} from '@guankou/contract/subject-access/requests.ts'
import { civilDateOf, formatDayLong, formatInstant } from '#src/format/time.ts'
import type { Locale } from '#src/i18n/locale.ts'
import { CallSection } from './CallSection.tsx'
import { HouseholdSection } from './HouseholdSection.tsx'
import { HowLong, Identity, OutcomeSection, type PageLook, Screening, say } from './record-sections.tsx'

const SeenBy = ({ record, look }: { readonly record: PersonRecord; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  const list = new Intl.ListFormat(locale === 'zh' ? 'zh-CN' : 'en-GB')
  return (
    <section>
      <h3>{say(locale, 'seen')}</h3>
      {record.seenBy.length === 0 ? (
        <p>{say(locale, 'seenNone')}</p>
      ) : (
        <ol className="person-seen">
          {record.seenBy.map((seen) => (
            <li key={`${seen.at} ${seen.role} ${seen.way} ${seen.fields.join()}`}>
              <b>{roleNames[seen.role][locale]}</b> · {formatInstant(seen.at, timeZone)}
              <br />
              {say(locale, 'seenWhy')}: {seenPurposeNames[seen.purpose][locale]} · {say(locale, 'seenHow')}:{' '}
              {accessWayNames[seen.way][locale]} · {say(locale, 'seenWhat')}:{' '}
              {list.format(seen.fields.map((field) => identityFieldNames[field][locale]))}
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

/** One screening with everything of it. */
export const PersonRecordView = ({
  record,
  look,
}: {
  readonly record: PersonRecord
  readonly look: PageLook
}) => (
  <article className="person-record" aria-label={formatInstant(record.at, look.timeZone)}>
    <Identity record={record} look={look} />
    <OutcomeSection record={record} look={look} />
    <HowLong record={record} look={look} />
    <SeenBy record={record} look={look} />
    <Screening record={record} look={look} />
  </article>
)

const RequestItem = ({ request, look }: { readonly request: RequestView; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  const day = (instant: string) => formatDayLong(locale, civilDateOf(instant, timeZone))
  const field = request.field === null ? '' : ` · ${correctableFieldNames[request.field][locale]}`
  return (
    <li>
      <p>
        <b>
          {requestKindNames[request.kind][locale]}
          {field}
        </b>{' '}
        · {requestStateNames[request.state][locale]}
      </p>
      <p>
        <small>
          {say(locale, 'askedOn', { day: day(request.askedAt), due: formatDayLong(locale, request.dueOn) })}
        </small>
      </p>
      <p className="person-quote">{request.text ?? say(locale, 'textGone')}</p>
      {request.outcome === null || request.answeredAt === null ? null : (
        <div className="person-answer">
          <p>
            <b>
              {say(locale, 'answer')}: {requestOutcomeNames[request.outcome][locale]}
            </b>{' '}
            · {day(request.answeredAt)}
          </p>
          <p className="person-quote">{request.answer ?? say(locale, 'textGone')}</p>
        </div>
      )}
    </li>
  )
}

/** What a person asked for, and what became of it. */
export const Requests = ({
  requests,
  look,
}: {
  readonly requests: readonly RequestView[]
  readonly look: PageLook
}) =>
  requests.length === 0 ? null : (
    <section className="person-requests">
      <h2>{say(look.locale, 'requests')}</h2>
      <ul>
        {requests.map((request) => (
          <RequestItem key={request.id} request={request} look={look} />
        ))}
      </ul>
    </section>
  )

const Openings = ({
  openings,
  look: { locale, timeZone },
}: {
  readonly openings: readonly string[]
  readonly look: PageLook
}) => (
  <section className="person-openings">
    <h2>{say(locale, 'openings')}</h2>
    <ul>
      {openings.slice(0, 10).map((at) => (
        <li key={at}>{formatInstant(at, timeZone)}</li>
      ))}
    </ul>
    <p>
      <small>{say(locale, 'openingsHint')}</small>
    </p>
  </section>
)

/**
 * A person's own page, as the portal shows it and a desk prints it.
 * @param covered  under masks until the reader taps; on paper in full
 */
export const PersonPageView = ({
  page,
  locale,
  covered,
}: {
  readonly page: PersonPage
  readonly locale: Locale
  readonly covered: boolean
}) => {
  const { timeZone } = page
  const look = { locale, timeZone, covered }
  const [own, ...others] = page.records
  return (
    <>
      <p className="person-as-of">
        {say(locale, 'asOf', { time: formatInstant(page.asOf, timeZone), city: page.city[locale] })}
      </p>
      {own === undefined ? null : <PersonRecordView record={own} look={look} />}
      <HouseholdSection households={page.households} look={look} />
      <CallSection calls={page.calls} look={look} />
      <Requests requests={page.requests} look={look} />
      {others.length === 0 ? null : (
        <section className="person-others">
          <h2>{say(locale, 'others')}</h2>
          {others.map((record) => (
            <details key={record.slipCode} open={!covered}>
              <summary>
                {formatInstant(record.at, timeZone)} · {record.post[locale]}
              </summary>
              <PersonRecordView record={record} look={look} />
            </details>
          ))}
          {page.more ? <p>{say(locale, 'more')}</p> : null}
        </section>
      )}
      {page.openings.length === 0 ? null : <Openings openings={page.openings} look={look} />}
    </>
  )
}
