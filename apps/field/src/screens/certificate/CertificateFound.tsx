import type { TrustList } from '@guankou/contract/certificates/trust-list.ts'
import { certificateFormatNames } from '@guankou/contract/certificates/trust-list.ts'
import { readCertificate } from '@guankou/domain/certificates/read-certificate.ts'
import {
  type CertificateReading,
  certificateOutcomeTexts,
  unreadableTexts,
} from '@guankou/domain/certificates/reading.ts'
import { shownCertificate } from '@guankou/domain/certificates/shown-certificate.ts'
import { statementText } from '@guankou/domain/certificates/statement-text.ts'
import type { Subtle } from '@guankou/domain/certificates/verify-signature.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaptureResult } from '#src/capture/confirm.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ConfirmButtons } from '#src/screens/capture/ConfirmButtons.tsx'
import { usePack } from '#src/screens/use-pack.ts'

type Props = {
  readonly text: string
  readonly onUse: (result: CaptureResult) => void
  readonly onAgain: () => void
  readonly again?: string
}

const noKeys: TrustList = []

/** Read and checked with the trust list of the pack, without a network; nothing while it is being checked. */
const useReading = (text: string, keys: TrustList): CertificateReading | undefined => {
  const [reading, setReading] = useState<CertificateReading>()
  useEffect(() => {
    let isCurrent = true
    // The browser's own Web Cryptography, by the part of it that reading needs.
    const subtle = crypto.subtle as unknown as Subtle
    void readCertificate(text, { keys, subtle, nowMs: Date.now() }).then((read) => {
      if (isCurrent) setReading(read)
    })
    return () => {
      isCurrent = false
    }
  }, [text, keys])
  return reading
}

type Read = Extract<CertificateReading, { is: 'read' }>

const Content = ({ reading: { content, verifiedBy } }: { readonly reading: Read }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const expires = content.expiresAtMs
  const rows: readonly (readonly [string, string])[] = [
    [t('certificate.format'), certificateFormatNames[content.format][locale]],
    [t('certificate.issuer'), verifiedBy?.name?.[locale] ?? content.issuer],
    [t('certificate.holder'), content.holder.name],
    [t('certificate.born'), content.holder.birthDate],
    ...content.statements.map(
      (statement) => [t('certificate.statements'), statementText(statement, locale)] as const,
    ),
    [
      t('certificate.expires'),
      expires === undefined ? t('certificate.unknown') : new Date(expires).toISOString().slice(0, 10),
    ],
  ]
  return (
    <dl className="certificate-facts">
      {rows.map(([term, value]) => (
        <div key={`${term} ${value}`}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What came of a certificate: whether it is genuine first, then what to compare with the person who shows it. */
export const CertificateFound = ({ text, onUse, onAgain, again }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { held } = usePack()
  const keys = held?.content.certificateKeys ?? noKeys
  const reading = useReading(text, keys)
  if (reading === undefined) return <p role="status">{t('capture.starting')}</p>
  if (reading.is !== 'read')
    return (
      <>
        <p role="alert" className="notice notice-look">
          {reading.is === 'part'
            ? t('certificate.part', { number: reading.number, of: reading.of })
            : unreadableTexts[reading.stage][locale]}
        </p>
        <ConfirmButtons onAgain={onAgain} again={again} />
      </>
    )
  const isGood = reading.outcome === 'verified'
  return (
    <>
      <p role="status" className={isGood ? 'notice' : 'notice notice-look'}>
        {certificateOutcomeTexts[reading.outcome][locale]}
      </p>
      {keys.length === 0 ? <p className="quiet">{t('certificate.noKeys')}</p> : null}
      <Content reading={reading} />
      <ConfirmButtons
        onAgain={onAgain}
        again={again}
        onUse={() => onUse({ is: 'certificate', shown: shownCertificate(reading) })}
      />
    </>
  )
}
