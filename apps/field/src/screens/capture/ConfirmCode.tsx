import { declarationFaultTexts } from '@guankou/domain/declarations/fault-texts.ts'
import type { IssuedDeclaration } from '@guankou/domain/declarations/pack-declaration.ts'
import { type ReadDeclaration, readDeclaration } from '@guankou/domain/declarations/signed-text.ts'
import {
  formatHandoverCode,
  handoverCodeOf,
  readHandoverText,
} from '@guankou/domain/handovers/handover-code.ts'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaptureResult, type CodeKind, type CodeWanted, codeKindOf } from '#src/capture/confirm.ts'
import type { CodeRead } from '#src/capture/reading/reads.ts'
import { displayPlate } from '#src/lane/plate.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatCelsius } from '#src/screens/format.ts'
import { usePack } from '#src/screens/use-pack.ts'
import { webVerifier } from '#src/sync/web-verifier.ts'
import { ConfirmButtons } from './ConfirmButtons.tsx'

/** What reads certificates is large, and few are shown. */
const CertificateFound = lazy(async () => ({
  default: (await import('#src/screens/certificate/CertificateFound.tsx')).CertificateFound,
}))

type Props = {
  readonly read: CodeRead
  readonly onUse: (result: CaptureResult) => void
  readonly onAgain: () => void
  readonly again?: string
  readonly wanted?: CodeWanted
  /** Given where a whole vehicle may pass at one tap. */
  readonly passUnderCelsius?: number | undefined
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/** Reads a declaration with the key of the pack, without a network; nothing while it is being checked. */
const useDeclaration = (text: string): ReadDeclaration | undefined => {
  const { held } = usePack()
  const key = held?.content.declarations
  const [read, setRead] = useState<ReadDeclaration>()
  useEffect(() => {
    if (key === undefined) {
      setRead({ is: 'bad', fault: 'cannot-verify' })
      return
    }
    void readDeclaration(text, {
      cityCode: key.cityCode,
      check: (signed, signature) => webVerifier.verifyEd25519(key.publicKey, signed, toBase64(signature)),
      nowMs: Date.now(),
    }).then(setRead)
  }, [text, key])
  return read
}

/** Who declared, as far as it tells the right car from another. */
const Declared = ({ issued }: { readonly issued: IssuedDeclaration }) => {
  const { t } = useTranslation()
  const { conveyance, people } = issued.declaration
  return (
    <>
      <output className="scan-plate">
        {conveyance.plate === undefined ? t(`kind.${conveyance.kind}`) : displayPlate(conveyance.plate)}
      </output>
      <p>{t('capture.declaredPeople', { count: people.length })}</p>
      <p>{people.flatMap(({ name }) => name ?? []).join(' · ')}</p>
    </>
  )
}

/** Nothing was declared that somebody has to ask about first. */
const isPlain = ({ declaration }: IssuedDeclaration): boolean =>
  declaration.people.every(
    ({ stays, contactWithCase, symptoms }) => stays.length === 0 && !contactWithCase && symptoms.length === 0,
  )

const DeclarationFound = ({ read, onUse, onAgain, again, passUnderCelsius }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const declaration = useDeclaration(read.text)
  if (declaration === undefined) return <p role="status">{t('capture.starting')}</p>
  if (declaration.is === 'bad')
    return (
      <>
        <p role="alert" className="notice notice-look">
          {declarationFaultTexts[declaration.fault][locale]}
        </p>
        <ConfirmButtons onAgain={onAgain} again={again} />
      </>
    )
  const { issued } = declaration
  return (
    <>
      <Declared issued={issued} />
      {passUnderCelsius === undefined || !isPlain(issued) ? null : (
        <button
          type="button"
          className="button scan-pass"
          onClick={() => onUse({ is: 'declaration', issued, passes: true })}
        >
          {t('returning.underAndPass', {
            n: issued.declaration.people.length,
            threshold: formatCelsius(passUnderCelsius),
          })}
        </button>
      )}
      <ConfirmButtons onUse={() => onUse({ is: 'declaration', issued })} onAgain={onAgain} again={again} />
    </>
  )
}

/** Which hand-over, as the phone that gives shows it: the letters to compare, and how many people stand there. */
const HandoverFound = ({ read, onUse, onAgain, again }: Props) => {
  const { t } = useTranslation()
  const { held } = usePack()
  const jurisdictions = (held?.content.jurisdictions ?? []).map(({ code }) => code)
  const found = readHandoverText(read.text, { jurisdictions, nowMs: Date.now() })
  if (found === undefined)
    return (
      <>
        <p role="alert" className="notice notice-look">
          {t('handovers.takeWrong')}
        </p>
        <ConfirmButtons onAgain={onAgain} again={again} />
      </>
    )
  return (
    <>
      <output className="scan-plate">
        {formatHandoverCode(handoverCodeOf(found.id, found.jurisdiction))}
      </output>
      {found.people === null ? null : <p>{t('handovers.people', { count: found.people })}</p>}
      <ConfirmButtons
        onUse={() => onUse({ is: 'handover', text: read.text })}
        onAgain={onAgain}
        again={again}
      />
    </>
  )
}

/** Words for a code that is not the one that was wanted. */
const otherWords = {
  slip: 'capture.slip',
  handover: 'capture.handoverCode',
  declaration: 'capture.declarationCode',
  certificate: 'capture.otherCode',
  other: 'capture.otherCode',
} as const satisfies Record<CodeKind, string>

/** What a code is: what was wanted, and a certificate, is checked and shown; a slip and anything else are said to be none. */
export const ConfirmCode = (props: Props) => {
  const { t } = useTranslation()
  const { wanted = 'declaration', read } = props
  const kind = codeKindOf(read.text)
  return (
    <div className="scan-found">
      {kind === 'certificate' && wanted === 'declaration' ? (
        <Suspense fallback={<p role="status">{t('capture.starting')}</p>}>
          <CertificateFound {...props} text={read.text} />
        </Suspense>
      ) : kind !== wanted ? (
        <>
          <p role="alert" className="notice notice-look">
            {t(otherWords[kind])}
          </p>
          <ConfirmButtons onAgain={props.onAgain} again={props.again} />
        </>
      ) : kind === 'declaration' ? (
        <DeclarationFound {...props} />
      ) : (
        <HandoverFound {...props} />
      )}
    </div>
  )
}
