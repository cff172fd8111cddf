import type { OwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { quarantineFieldNames } from '@guankou/contract/quarantine/people.ts'
import { contactStatusNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { type Role, roleNames } from '@guankou/contract/roles.ts'
import { reportTextsOf } from '#src/report/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB')

const hourOf = (instant: string, { timeZone }: OwnQuarantine): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(instant),
  )

const dayOf = (instant: string | number, { timeZone }: OwnQuarantine, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), { timeZone, month: 'short', day: 'numeric' }).format(
    new Date(instant),
  )

const civilDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`))

/** Which day it is, and what is due today or, where nothing is any more, next. */
export const OwnDays = ({ own, language }: { readonly own: OwnQuarantine; readonly language: Language }) => {
  const texts = reportTextsOf[language]
  const today = dayOf(Date.now(), own, language)
  const ofToday = own.contacts.filter(({ from }) => dayOf(from, own, language) === today)
  const shown =
    ofToday.length > 0 ? ofToday : own.contacts.filter(({ status }) => status === 'coming').slice(0, 2)
  return (
    <section>
      <h2>{fill(texts.day, { day: own.dayNumber, days: own.days })}</h2>
      <progress max={Math.max(1, own.days)} value={Math.max(0, own.dayNumber)} aria-hidden="true" />
      <p>{fill(texts.until, { day: civilDay(own.lastDay, language) })}</p>
      {own.handOver === null ? null : (
        <p>
          {fill(own.handOver.is === 'waiting' ? texts.handingOn : texts.takenBack, {
            area: own.handOver.to[language],
            district: own.handOver.from[language],
          })}
        </p>
      )}
      {own.state === 'incoming' ? <p>{texts.incoming}</p> : null}
      {own.state === 'on-leave' ? <p>{texts.away}</p> : null}
      <h3>{texts.due}</h3>
      <ul className="due">
        {shown.map(({ from, until, status }) => (
          <li key={from} data-status={status}>
            {fill(ofToday.length > 0 ? texts.dueLine : texts.nextLine, {
              day: dayOf(from, own, language),
              from: hourOf(from, own),
              until: hourOf(until, own),
            })}
            <span>{contactStatusNames[status][language]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const roleName = (role: string, language: Language): string =>
  Object.hasOwn(roleNames, role) ? roleNames[role as Role][language] : role

/** Who saw something of the person, in full or covered. */
export const SeenBy = ({ own, language }: { readonly own: OwnQuarantine; readonly language: Language }) => {
  const texts = reportTextsOf[language]
  return (
    <section>
      <h2>{texts.seen}</h2>
      {own.seenBy.length === 0 ? <p>{texts.seenNone}</p> : null}
      <ul className="seen">
        {own.seenBy.map(({ at, role, fields, covered }) => (
          <li key={`${at}${role}${covered === true}`}>
            {fill(texts.seenLine, {
              at: `${dayOf(at, own, language)} ${hourOf(at, own)}`,
              role: roleName(role, language),
              fields: fields
                .map((field) => quarantineFieldNames[field][language])
                .join(language === 'zh' ? '、' : ', '),
            })}
            {covered === true ? texts.seenCovered : null}
          </li>
        ))}
      </ul>
      <p className="hint">
        {texts.basis}
        {language === 'zh' ? '：' : ': '}
        {own.legalBasis[language]}
      </p>
    </section>
  )
}
