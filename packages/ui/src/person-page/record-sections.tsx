import { identityFieldNames } from '@guankou/contract/identity/purposes.ts'
import { correctionGroundNames } from '@guankou/contract/screening/corrections.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { conveyanceKindNames, documentKindNames } from '@guankou/contract/screening/names.ts'
import { overrideGroundNames } from '@guankou/contract/screening/override.ts'
import type { HeldUntil } from '@guankou/contract/subject-access/held-until.ts'
import type {
  GrantedCorrection,
  PersonRecord,
  QuarantineDays,
} from '@guankou/contract/subject-access/person-page.ts'
import { correctableFieldNames } from '@guankou/contract/subject-access/requests.ts'
import type { ReactNode } from 'react'
import { formatQuantity } from '#src/format/quantity.ts'
import { civilDateOf, formatDayLong, formatInstant } from '#src/format/time.ts'
import type { Locale } from '#src/i18n/locale.ts'
import { Covered } from './Covered.tsx'
import { evidenceNames, personPageTexts } from './texts.ts'

/** How a page is shown: in a language, in the time zone of the record, covered or in full. */
export type PageLook = { readonly locale: Locale; readonly timeZone: string; readonly covered: boolean }

type Name = keyof typeof personPageTexts

/** A text of the page with values put into its places. */
export const say = (
  locale: Locale,
  name: Name,
  values: Readonly<Record<string, string | number>> = {},
): string =>
  personPageTexts[name][locale].replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key] ?? ''))

export const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="person-row">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** A value under its mask where the page is covered, else in full. */
export const Text = ({
  value: { masked, text },
  what,
  look,
}: {
  readonly value: { readonly masked: string; readonly text?: string }
  readonly what: string
  readonly look: PageLook
}) =>
  look.covered ? (
    <Covered masked={masked} text={text} what={what} locale={look.locale} />
  ) : (
    <span>{text ?? masked}</span>
  )

const Corrections = ({
  corrections,
  look,
}: {
  readonly corrections: readonly GrantedCorrection[]
  readonly look: PageLook
}) =>
  corrections.map((correction) => (
    <p key={correction.id} className="person-correction">
      {say(look.locale, 'correctedOn', {
        day: formatDayLong(look.locale, civilDateOf(correction.grantedAt, look.timeZone)),
      })}{' '}
      <Text value={correction} what={correctableFieldNames[correction.field][look.locale]} look={look} />{' '}
      <small>{say(look.locale, 'asRecorded')}</small>
    </p>
  ))

/** What identifies, each field with what it was corrected to. */
export const Identity = ({ record, look }: { readonly record: PersonRecord; readonly look: PageLook }) => {
  const { locale } = look
  const named = new Set<string>(record.fields.map(({ field }) => field))
  const others = record.corrections.filter(({ field }) => !named.has(field))
  return (
    <section>
      <h3>{say(locale, 'held')}</h3>
      {record.identityHeld.is === 'destroyed' ? <p>{say(locale, 'identityGone')}</p> : null}
      {record.identityHeld.is === 'held' && record.fields.length === 0 ? (
        <p>{say(locale, 'nothingNamed')}</p>
      ) : null}
      <dl>
        {record.fields.map((held) => (
          <Row key={held.field} name={identityFieldNames[held.field][locale]}>
            <Text value={held} what={identityFieldNames[held.field][locale]} look={look} />
            <Corrections
              corrections={record.corrections.filter(({ field }) => field === held.field)}
              look={look}
            />
          </Row>
        ))}
        {others.map((correction) => (
          <Row key={correction.id} name={correctableFieldNames[correction.field][locale]}>
            <Corrections corrections={[correction]} look={look} />
          </Row>
        ))}
      </dl>
    </section>
  )
}

type Found = Partial<Pick<PersonRecord, 'origin' | 'readings' | 'symptoms' | 'exposures' | 'contactWithCase'>>

/** What was stated and found, in words; of a part that is not given, nothing. */
const foundTexts = (found: Found, { locale, timeZone }: PageLook) => {
  const list = new Intl.ListFormat(locale === 'zh' ? 'zh-CN' : 'en-GB')
  const joined = (texts: readonly string[] | undefined, none: Name): string | undefined =>
    texts === undefined ? undefined : texts.length === 0 ? say(locale, none) : list.format(texts)
  return {
    origin: found.origin?.[locale],
    stays: joined(
      found.exposures?.map(({ area, leftOn }) =>
        say(locale, 'stay', { area: area[locale], day: formatDayLong(locale, leftOn) }),
      ),
      'none',
    ),
    contact:
      found.contactWithCase === undefined ? undefined : say(locale, found.contactWithCase ? 'yes' : 'no'),
    temperature: joined(
      found.readings?.map(({ at, temperatureCelsius }) => {
        const value =
          temperatureCelsius === null
            ? say(locale, 'under')
            : formatQuantity(locale, temperatureCelsius, 'celsius', 1)
        return `${value} (${formatInstant(at, timeZone)})`
      }),
      'notMeasured',
    ),
    symptoms: joined(
      found.symptoms?.map((symptom) => symptom[locale]),
      'none',
    ),
  } as const
}

/** What was put right afterwards; what was recorded stands above. */
const PutRight = ({ record, look }: { readonly record: PersonRecord; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  return record.findingCorrections.map((correction) => (
    <p key={correction.at} className="person-correction">
      {say(locale, 'putRight', {
        time: formatInstant(correction.at, timeZone).slice(0, 16),
        ground: correctionGroundNames[correction.ground][locale],
      })}
      {Object.entries(foundTexts(correction, look)).map(([part, text]) =>
        text === undefined ? null : (
          <span key={part} className="person-put-right">
            {say(locale, part as Name)}: <b>{text}</b>
          </span>
        ),
      )}
      <small>{say(locale, 'asRecorded')}</small>
    </p>
  ))
}

/** When, where, and what was stated and found. */
export const Screening = ({ record, look }: { readonly record: PersonRecord; readonly look: PageLook }) => {
  const { locale, timeZone } = look
  const found = foundTexts(record, look)
  return (
    <section>
      <h3>{say(locale, 'screening')}</h3>
      <dl>
        <Row name={say(locale, 'when')}>{formatInstant(record.at, timeZone)}</Row>
        <Row name={say(locale, 'where')}>
          {record.district[locale]} · {record.post[locale]} · {say(locale, 'lane', { lane: record.lane })}
        </Row>
        <Row name={say(locale, 'code')}>
          <span className="person-code">{record.slipCode}</span>
        </Row>
        <Row name={say(locale, 'how')}>{conveyanceKindNames[record.conveyanceKind][locale]}</Row>
        {record.seatLabel === null ? null : <Row name={say(locale, 'place')}>{record.seatLabel}</Row>}
        <Row name={say(locale, 'document')}>{documentKindNames[record.documentKind][locale]}</Row>
        <Row name={say(locale, 'origin')}>
          {record.origin[locale]}{' '}
          <small>{say(locale, 'by', { evidence: evidenceNames[record.originEvidence][locale] })}</small>
        </Row>
        <Row name={say(locale, 'stays')}>{found.stays}</Row>
        <Row name={say(locale, 'contact')}>{found.contact}</Row>
        <Row name={say(locale, 'temperature')}>{found.temperature}</Row>
        <Row name={say(locale, 'symptoms')}>{found.symptoms}</Row>
      </dl>
      <PutRight record={record} look={look} />
    </section>
  )
}

const Quarantine = ({ days, locale }: { readonly days: QuarantineDays; readonly locale: Locale }) => (
  <div className="person-quarantine">
    <h4>{say(locale, 'quarantine')}</h4>
    <p>
      {say(locale, days.countedBy === 'exposure' ? 'quarantineFromExposure' : 'quarantineFromScreening', {
        days: days.days,
        from: formatDayLong(locale, days.countedFrom),
        last: formatDayLong(locale, days.lastDay),
      })}{' '}
      <b>
        {days.today === null
          ? say(locale, 'quarantineOver')
          : say(locale, 'quarantineToday', { today: days.today })}
      </b>
    </p>
    <p>
      <small>{say(locale, 'quarantineNote')}</small>
    </p>
  </div>
)

/** The disposition in words, by the rules of that hour. */
export const OutcomeSection = ({
  record,
  look,
}: {
  readonly record: PersonRecord
  readonly look: PageLook
}) => {
  const { locale } = look
  return (
    <section>
      <h3>{say(locale, 'outcome')}</h3>
      <p className="person-outcome">{dispositionNames[record.disposition][locale]}</p>
      {record.reasons.length === 0 ? <p>{say(locale, 'noRule')}</p> : null}
      <ul>
        {record.reasons.map(({ id, reason }) => (
          <li key={id}>
            {id}: {reason[locale]}
          </li>
        ))}
      </ul>
      <p>
        <small>{say(locale, 'rules', { version: record.rulesVersion })}</small>
      </p>
      {record.overrides.map(({ at, disposition, ground }) => (
        <p key={at} className="person-correction">
          {say(locale, 'overridden', { time: formatInstant(at, look.timeZone).slice(0, 16) })}{' '}
          <b>{dispositionNames[disposition][locale]}</b> <small>{overrideGroundNames[ground][locale]}</small>
        </p>
      ))}
      {record.quarantine === null ? null : <Quarantine days={record.quarantine} locale={locale} />}
    </section>
  )
}

const Held = ({ held, locale }: { readonly held: HeldUntil; readonly locale: Locale }) => {
  const day = formatDayLong(locale, held.on)
  return (
    <>
      {say(locale, held.is === 'held' ? 'heldUntil' : 'destroyedOn', { day })}
      {held.certificate === null ? null : <p>{say(locale, 'certificate', { id: held.certificate })}</p>}
      {held.publicKey === null ? null : (
        <p className="person-key">
          <small>{say(locale, 'publicKey', { key: held.publicKey })}</small>
        </p>
      )}
    </>
  )
}

/** Until when what is held. */
export const HowLong = ({
  record,
  look: { locale },
}: {
  readonly record: PersonRecord
  readonly look: PageLook
}) => (
  <section>
    <h3>{say(locale, 'until')}</h3>
    <dl>
      <Row name={say(locale, 'identity')}>
        <Held held={record.identityHeld} locale={locale} />
      </Row>
      <Row name={say(locale, 'findings')}>
        <Held held={record.findingsHeld} locale={locale} />
      </Row>
    </dl>
  </section>
)
