import { formatInstant } from '@guankou/ui/format/time.ts'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { useEffect, useRef, useState } from 'react'
import { answersOf, type FormDraft, vehicleOf } from '#src/declare/form-draft.ts'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill } from '#src/texts/text.ts'

type Props = {
  readonly draft: FormDraft
  readonly city: string
  readonly texts: DeclareTexts
  readonly timeZone: string
  /** Made just now: it is brought before the eyes of whoever pressed far below it. */
  readonly isNew: boolean
  /** Whether this page opens without a network from now on. */
  readonly opensOffline: boolean
}

/** The instant, told anew every half minute and whenever the phone is taken out again. */
const useNow = (): number => {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const tell = (): void => setNowMs(Date.now())
    const timer = setInterval(tell, 30_000)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [])
  return nowMs
}

type Signed = NonNullable<FormDraft['signed']>

const Code = ({
  draft,
  signed,
  texts,
  timeZone,
  opensOffline,
}: Omit<Props, 'city' | 'isNew'> & { readonly signed: Signed }) => {
  const people = draft.people.length
  const plate = vehicleOf(draft)
  return (
    <>
      <p className="on-screen">
        {texts.show} {opensOffline ? texts.opensOffline : null}
      </p>
      {signed.of === answersOf(draft) ? null : <p role="alert">{texts.changed}</p>}
      <QrCode text={signed.text} label={fill(texts.qrLabel, { people })} />
      <p>
        <strong>{fill(texts.slipPeople, { plate, people })}</strong>
        <br />
        {fill(texts.until, { until: formatInstant(signed.expiresAt, timeZone) })}
      </p>
      <p className="on-paper">{texts.slipNote}</p>
      <details>
        <summary>{texts.letters}</summary>
        <p className="letters">{signed.text}</p>
      </details>
      <p className="on-screen">{texts.edit}</p>
      <button type="button" className="second" onClick={() => window.print()}>
        {texts.print}
      </button>
    </>
  )
}

/** The code with what it holds and until when; the same on screen and on the slip. */
export const CodeCard = ({ draft, city, texts, timeZone, opensOffline, isNew }: Props) => {
  const { signed } = draft
  const nowMs = useNow()
  const title = useRef<HTMLHeadingElement>(null)
  const text = signed?.text
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new code is shown anew
  useEffect(() => {
    if (!isNew) return
    title.current?.focus({ preventScroll: true })
    title.current?.scrollIntoView({ block: 'start' })
  }, [isNew, text])
  if (signed === null) return null
  const isOver = Date.parse(signed.expiresAt) <= nowMs
  return (
    <section className="code-card" aria-labelledby="code-title">
      <h2 id="code-title" ref={title} tabIndex={-1}>
        {texts.ready}
      </h2>
      <p className="on-paper slip-head">{`${city} · ${texts.slipTitle}`}</p>
      {isOver ? (
        <p role="alert">{texts.expired}</p>
      ) : (
        <Code {...{ draft, signed, texts, timeZone, opensOffline }} />
      )}
    </section>
  )
}
