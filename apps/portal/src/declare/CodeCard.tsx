import { formatInstant } from '@guankou/ui/format/time.ts'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { answersOf, type FormDraft } from '#src/declare/form-draft.ts'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill } from '#src/texts/text.ts'

/** The code with what it holds and until when; the same on screen and on the slip. */
export const CodeCard = ({
  draft,
  city,
  texts,
  timeZone,
  nowMs,
}: {
  readonly draft: FormDraft
  readonly city: string
  readonly texts: DeclareTexts
  readonly timeZone: string
  readonly nowMs: number
}) => {
  const { signed, people } = draft
  if (signed === null) return null
  const isOver = Date.parse(signed.expiresAt) <= nowMs
  const isOld = signed.of !== answersOf(draft)
  const until = fill(texts.until, { until: formatInstant(signed.expiresAt, timeZone) })
  return (
    <section className="code-card" aria-labelledby="code-title">
      <h2 id="code-title">{texts.ready}</h2>
      <p className="on-paper slip-head">{`${city} · ${texts.slipTitle}`}</p>
      {isOver ? (
        <p role="alert">{texts.expired}</p>
      ) : (
        <>
          <p className="on-screen">{texts.show}</p>
          {isOld ? <p role="alert">{texts.changed}</p> : null}
          <QrCode text={signed.text} label={fill(texts.qrLabel, { people: people.length })} />
          <p>
            <strong>
              {fill(texts.slipPeople, {
                plate: draft.plate === '' ? '—' : draft.plate,
                people: people.length,
              })}
            </strong>
            <br />
            {until}
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
      )}
    </section>
  )
}
