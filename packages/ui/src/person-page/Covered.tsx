import { useEffect, useState } from 'react'
import type { Locale } from '#src/i18n/locale.ts'
import { personPageTexts } from './texts.ts'

/** For how long something stays uncovered before it covers itself. */
const uncoveredMs = 30_000

/** A text under its mask until somebody asks to see it: others look at the same screen. */
export const Covered = ({
  masked,
  text,
  what,
  locale,
}: {
  readonly masked: string
  readonly text: string | undefined
  /** What the field is called, for the button. */
  readonly what: string
  readonly locale: Locale
}) => {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(false), uncoveredMs)
    return () => clearTimeout(timer)
  }, [shown])
  if (text === undefined) return <span>{masked}</span>
  const word = personPageTexts[shown ? 'cover' : 'reveal'][locale]
  return (
    <span className="covered">
      <span className="covered-text">{shown ? text : masked}</span>{' '}
      <button
        type="button"
        className="covered-button"
        aria-pressed={shown}
        aria-label={`${word} ${what}`}
        onClick={() => setShown(!shown)}
      >
        {word}
      </button>
    </span>
  )
}
