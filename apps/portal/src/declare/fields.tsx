import { type ReactNode, useId } from 'react'

type TextProps = {
  readonly label: string
  readonly hint?: string
  /** What to look at again; never stops anybody. */
  readonly advice?: string | undefined
  readonly wrong?: string | undefined
  readonly value: string
  readonly most: number
  readonly mode?: 'text' | 'tel'
  readonly onChange: (text: string) => void
}

/** A short text with hint and advice, both of which a screen reader reads along with it. */
export const TextField = ({
  label,
  hint,
  advice,
  wrong,
  value,
  most,
  mode = 'text',
  onChange,
}: TextProps) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        inputMode={mode}
        maxLength={most}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint ${id}-advice`}
        aria-invalid={wrong === undefined ? undefined : true}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <p id={`${id}-advice`} className={wrong === undefined ? 'advice' : 'advice wrong'} aria-live="polite">
        {wrong ?? advice ?? ''}
      </p>
    </>
  )
}

/** A day of the calendar. */
export const DateField = ({
  label,
  value,
  min,
  max,
  wrong,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly min: string
  readonly max: string
  readonly wrong?: string | undefined
  readonly onChange: (day: string) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        {...{ value, min, max }}
        aria-describedby={`${id}-advice`}
        aria-invalid={wrong === undefined ? undefined : true}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-advice`} className={wrong === undefined ? 'advice' : 'advice wrong'} aria-live="polite">
        {wrong ?? ''}
      </p>
    </>
  )
}

/** A box to tick. */
export const TickField = ({
  label,
  checked,
  onChange,
}: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) => (
  <label className="tick">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
    <span>{label}</span>
  </label>
)

/** A question with boxes or buttons below it. */
export const Group = ({
  legend,
  hint,
  wrong,
  children,
}: {
  readonly legend: string
  readonly hint?: string
  readonly wrong?: string | undefined
  readonly children: ReactNode
}) => (
  <fieldset className="group">
    <legend>{legend}</legend>
    {hint === undefined ? null : <p className="hint">{hint}</p>}
    {children}
    {wrong === undefined ? null : <p className="advice wrong">{wrong}</p>}
  </fieldset>
)

/** Yes or no; neither until somebody says so. */
export const YesNo = ({
  value,
  yes,
  no,
  onChange,
}: {
  readonly value: boolean | null
  readonly yes: string
  readonly no: string
  readonly onChange: (value: boolean) => void
}) => {
  const name = useId()
  return (
    <div className="yes-no">
      {([true, false] as const).map((answer) => (
        <label key={String(answer)} className="tick">
          <input type="radio" name={name} checked={value === answer} onChange={() => onChange(answer)} />
          <span>{answer ? yes : no}</span>
        </label>
      ))}
    </div>
  )
}
