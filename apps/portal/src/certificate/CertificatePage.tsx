import type { TrustList } from '@guankou/contract/certificates/trust-list.ts'
import { readCertificate } from '@guankou/domain/certificates/read-certificate.ts'
import type { CertificateReading } from '@guankou/domain/certificates/reading.ts'
import type { Subtle } from '@guankou/domain/certificates/verify-signature.ts'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { CertificateResult } from '#src/certificate/CertificateResult.tsx'
import { certificateTexts as texts } from '#src/certificate/texts.ts'
import { readTrustList } from '#src/certificate/trust-list-store.ts'
import { Frame } from '#src/Frame.tsx'
import { useLanguage } from '#src/use-language.ts'

/** Browsers have no Web Cryptography on plain HTTP; then nothing can be checked, and that is said. */
const subtle = (): Subtle =>
  (window.crypto.subtle as unknown as Subtle | undefined) ?? {
    importKey: () => Promise.reject(new Error('no Web Cryptography')),
    verify: () => Promise.resolve(false),
    digest: () => Promise.reject(new Error('no Web Cryptography')),
  }

/** Reads a health certificate on the phone that shows it. */
export const CertificatePage = () => {
  const [language, changeLanguage] = useLanguage((each) => texts.title[each])
  const [keys, setKeys] = useState<TrustList>()
  const [text, setText] = useState('')
  const [reading, setReading] = useState<CertificateReading>()
  const id = useId()
  useEffect(() => {
    void readTrustList().then(setKeys)
  }, [])
  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    // A list that is still on its way is waited for: without it everything would be of an unknown issuer.
    const list = keys ?? (await readTrustList())
    setReading(await readCertificate(text, { keys: list, subtle: subtle(), nowMs: Date.now() }))
  }
  const type = (typed: string): void => {
    setText(typed)
    // What is shown is of what stands in the field, and of nothing that stood there before.
    setReading(undefined)
  }
  return (
    <Frame
      title={texts.title[language]}
      language={language}
      onLanguage={changeLanguage}
      foot={<a href={`/portal/declare?lang=${language}`}>{texts.back[language]}</a>}
    >
      <p>{texts.lead[language]}</p>
      {keys?.length === 0 ? <p className="refused">{texts.noKeys[language]}</p> : null}
      <form className="form" onSubmit={(event) => void check(event)}>
        <label htmlFor={id}>{texts.field[language]}</label>
        <textarea
          id={id}
          className="letters"
          rows={5}
          value={text}
          spellCheck={false}
          autoComplete="off"
          required
          onChange={(event) => type(event.target.value)}
        />
        <button type="submit" className="main">
          {texts.check[language]}
        </button>
      </form>
      {reading === undefined ? null : <CertificateResult reading={reading} language={language} />}
    </Frame>
  )
}
