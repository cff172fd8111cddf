import { type ReactNode, useId } from 'react'

type Labelled = { readonly label: string; readonly hint?: string }

/** One of a few. */
export const Choice = <Value extends string | number>({
  label,
  value,
  choices,
  onChange,
}: Labelled & {
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = choices.find((choice) => String(choice.value) === currentTarget.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </>
  )
}

/** A short text, a day or a number as it is typed. */
export const Text = ({
  label,
  hint,
  value,
  most = 80,
  type = 'text',
  onChange,
}: Labelled & {
  readonly value: string
  readonly most?: number
  readonly type?: 'text' | 'date' | 'tel'
  readonly onChange: (text: string) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        maxLength={most}
        autoComplete="off"
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="muted">
          {hint}
        </span>
      )}
    </>
  )
}

/** Several that may hold at once. */
export const Ticks = ({
  label,
  choices,
  chosen,
  onChange,
}: Labelled & {
  readonly choices: readonly { readonly value: string; readonly label: ReactNode }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) => (
  <fieldset className="tick-list">
    <legend>{label}</legend>
    {choices.map(({ value, label: text }) => (
      <label key={value} className="check-label">
        <input
          type="checkbox"
          checked={chosen.includes(value)}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
          }
        />
        {text}
      </label>
    ))}
  </fieldset>
)
