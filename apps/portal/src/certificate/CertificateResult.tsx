import { certificateFormatNames } from '@guankou/contract/certificates/trust-list.ts'
import {
  type CertificateReading,
  certificateOutcomeTexts,
  unreadableTexts,
} from '@guankou/domain/certificates/reading.ts'
import { statementText } from '@guankou/domain/certificates/statement-text.ts'
import { certificateTexts as texts } from '#src/certificate/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

const dayOf = (ms: number | undefined): string =>
  ms === undefined ? '—' : new Date(ms).toISOString().slice(0, 10)

type Read = Extract<CertificateReading, { is: 'read' }>

const Content = ({ reading, language }: { readonly reading: Read; readonly language: Language }) => {
  const { content, verifiedBy } = reading
  const issuer = verifiedBy?.name?.[language] ?? content.issuer
  const rows: readonly (readonly [string, string])[] = [
    [texts.format[language], certificateFormatNames[content.format][language]],
    [texts.issuer[language], issuer],
    [texts.holder[language], content.holder.name],
    [texts.born[language], content.holder.birthDate],
    [texts.issued[language], dayOf(content.issuedAtMs)],
    [texts.expires[language], dayOf(content.expiresAtMs)],
  ]
  return (
    <dl>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{texts.statement[language]}</dt>
        {content.statements.map((statement) => (
          <dd key={`${statement.kind} ${statement.on} ${statement.product}`}>
            {statementText(statement, language)}
          </dd>
        ))}
      </div>
    </dl>
  )
}

/** What came of a certificate: first whether it is genuine, then what it states. */
export const CertificateResult = ({
  reading,
  language,
}: {
  readonly reading: CertificateReading
  readonly language: Language
}) => {
  if (reading.is === 'unreadable') return <p role="alert">{unreadableTexts[reading.stage][language]}</p>
  if (reading.is === 'part') return <p role="alert">{fill(texts.part[language], reading)}</p>
  return (
    <section aria-labelledby="result-title">
      <h2 id="result-title">{texts.result[language]}</h2>
      <p role="status" className={reading.outcome === 'verified' ? 'promise' : 'refused'}>
        {certificateOutcomeTexts[reading.outcome][language]}
      </p>
      <Content reading={reading} language={language} />
      <p>{texts.notPass[language]}</p>
    </section>
  )
}
