import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withCertificate } from '#src/lane/certificates.ts'
import { isPlated } from '#src/lane/draft.ts'
import { useLaneReaders } from '#src/screens/capture/use-lane-readers.ts'
import { personName } from '#src/screens/lane/person-text.ts'
import { CheckDeclaration } from './CheckDeclaration.tsx'
import type { DeclarationPart } from './declaration-part.ts'

/** What reads certificates is large, and few are shown. */
const CertificateSheet = lazy(async () => ({
  default: (await import('#src/screens/certificate/CertificateSheet.tsx')).CertificateSheet,
}))

type Certificate = { readonly text: string; readonly seat: number }
type SentProps = DeclarationPart & { readonly certificate: Certificate; readonly onClose: () => void }

/** A certificate that a reader sent: for the person whose turn it is, whose details open once it is noted. */
const SentCertificate = ({ draft, act, certificate: { text, seat }, onClose }: SentProps) => {
  const { t } = useTranslation()
  const person = draft.travellers.find((each) => each.seat === seat)
  if (person === undefined) return null
  return (
    <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
      <CertificateSheet
        sent={text}
        holder={personName(t, person, { people: draft.travellers.length, plated: isPlated(draft.kind) })}
        onUse={(shown) => {
          act({ do: 'person', seat, change: { certificates: withCertificate(person.certificates, shown) } })
          act({ do: 'activate', seat, panel: 'person' })
          onClose()
        }}
        onClose={onClose}
      />
    </Suspense>
  )
}

/** Listens to readers at the keyboard; shows a declaration or a certificate that one of them sent. */
export const LaneReaders = (props: DeclarationPart) => {
  const { draft, act, rules } = props
  const [text, setText] = useState<string>()
  const [certificate, setCertificate] = useState<Certificate>()
  useLaneReaders({
    draft,
    act,
    thresholdCelsius: rules.ruleSet.feverThresholdCelsius,
    onDeclaration: setText,
    onCertificate: (sent, seat) => setCertificate({ text: sent, seat }),
  })
  if (text !== undefined)
    return <CheckDeclaration {...props} text={text} onClose={() => setText(undefined)} />
  if (certificate === undefined) return null
  return <SentCertificate {...props} certificate={certificate} onClose={() => setCertificate(undefined)} />
}
