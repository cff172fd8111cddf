import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import type { CertificateReading } from '#src/certificates/reading.ts'

type Read = Extract<CertificateReading, { is: 'read' }>

/** What of a reading stays with a screening: kind, outcome and country; neither holder nor content. */
export const shownCertificate = ({ outcome, content, verifiedBy }: Read): ShownCertificate => {
  const issuers = [verifiedBy?.issuer, content.issuer, content.statements[0]?.country]
  const country = issuers.find((issuer) => issuer !== undefined && /^[A-Z]{2}$/.test(issuer))
  return {
    format: content.format,
    statements: [...new Set(content.statements.map(({ kind }) => kind))],
    outcome,
    ...(country === undefined ? {} : { country }),
  }
}
