import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withCertificate, withoutCertificate } from '#src/lane/certificates.ts'
import type { DraftTraveller } from '#src/lane/draft.ts'
import type { PersonChange } from '#src/lane/draft-reducer.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { LaneScan } from '#src/screens/capture/LaneScan.tsx'
import { shownText } from './shown-text.ts'

const CertificateSheet = lazy(async () => ({
  default: (await import('./CertificateSheet.tsx')).CertificateSheet,
}))

type Props = {
  readonly traveller: DraftTraveller
  readonly change: (change: PersonChange) => void
}

/** What was taken over, each of which can be taken off again. */
const Attached = ({
  certificates,
  change,
}: Pick<Props, 'change'> & { readonly certificates: readonly ShownCertificate[] }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return certificates.map((shown) => {
    const text = shownText(shown, locale)
    return (
      <div key={text} className="notice notice-row notice-slim">
        <span>{text}</span>
        <button
          type="button"
          className="button button-small"
          aria-label={t('certificate.remove', { certificate: text })}
          onClick={() => change({ certificates: withoutCertificate(certificates, shown) })}
        >
          ×
        </button>
      </div>
    )
  })
}

/** Certificates that somebody shows: scanned or pasted, checked on the phone, noted beside the screening. */
export const CertificateSection = ({ traveller: { certificates }, change }: Props) => {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className="section" aria-labelledby="certificate-title">
      <h2 id="certificate-title">{t('certificate.title')}</h2>
      <p className="quiet hint">{t('certificate.lead')}</p>
      <Attached certificates={certificates ?? []} change={change} />
      <div className="choice-row">
        <LaneScan
          worded
          wants={['qr']}
          onRead={(result) => {
            if (result.is === 'certificate')
              change({ certificates: withCertificate(certificates, result.shown) })
          }}
        />
        <button type="button" className="button" onClick={() => setIsOpen(true)}>
          {t('certificate.label')}
        </button>
      </div>
      {isOpen ? (
        <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
          <CertificateSheet
            onUse={(shown) => {
              setIsOpen(false)
              change({ certificates: withCertificate(certificates, shown) })
            }}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      ) : null}
    </section>
  )
}
