import { accessWayNames, seenPurposeNames } from '@guankou/contract/identity/purposes.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { callFieldNames, type HeldCall } from '@guankou/contract/subject-access/held-call.ts'
import { worklistKindNames } from '@guankou/contract/worklists/vocabulary.ts'
import { formatDayLong, formatInstant } from '#src/format/time.ts'
import { type PageLook, say } from './record-sections.tsx'

const Seen = ({ call, look }: { readonly call: HeldCall; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  const list = new Intl.ListFormat(locale === 'zh' ? 'zh-CN' : 'en-GB')
  if (call.seenBy.length === 0) return <p>{say(locale, 'callsNotTaken')}</p>
  return (
    <ol className="person-seen">
      {call.seenBy.map((seen) => (
        <li key={`${seen.at} ${seen.role} ${seen.way} ${seen.fields.join()}`}>
          <b>{roleNames[seen.role][locale]}</b> · {formatInstant(seen.at, timeZone)}
          <br />
          {say(locale, 'seenWhy')}: {seenPurposeNames[seen.purpose][locale]} · {say(locale, 'seenHow')}:{' '}
          {accessWayNames[seen.way][locale]} · {say(locale, 'seenWhat')}:{' '}
          {seen.fields.length === 0
            ? say(locale, 'callsNobodyNamed')
            : list.format(seen.fields.map((field) => callFieldNames[field][locale]))}
          {seen.reason === null ? null : (
            <>
              <br />
              {say(locale, 'seenReason', { reason: seen.reason })}
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Lists of people to be called that name the person, and who took them away. */
export const CallSection = ({
  calls,
  look,
}: {
  readonly calls: readonly HeldCall[]
  readonly look: PageLook
}) => {
  const { locale } = look
  if (calls.length === 0) return null
  return (
    <section className="person-calls">
      <h2>{say(locale, 'calls')}</h2>
      <p>{say(locale, 'callsLead')}</p>
      {calls.map((call, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows carry nothing that tells two of one list apart, and never move
        <article key={at} className="person-record">
          <p>
            <b>{worklistKindNames[call.kind][locale]}</b> · {call.district[locale]} ·{' '}
            {say(locale, 'callsBrought', { day: formatDayLong(locale, call.broughtOn) })}
            {call.takenBack ? ` · ${say(locale, 'callsTakenBack')}` : null}
          </p>
          <Seen call={call} look={look} />
        </article>
      ))}
    </section>
  )
}
