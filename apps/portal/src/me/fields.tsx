import { useId } from 'react'

/** A short text that is typed from paper: no suggestions, no corrections. */
export const CodeField = ({
  label,
  hint,
  value,
  most,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly most: number
  readonly onChange: (text: string) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="code-input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={most}
        required
      />
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </>
  )
}

/** One of a few. */
export const ChoiceField = <Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </>
  )
}

/** Several sentences on one line: a line break is no letter that the contract takes. */
export const StoryField = ({
  label,
  hint,
  value,
  most,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly most: number
  readonly onChange: (text: string) => void
}) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        value={value}
        onChange={(event) => onChange(event.target.value.replaceAll('\n', ' '))}
        aria-describedby={`${id}-hint`}
        minLength={2}
        maxLength={most}
        required
      />
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </>
  )
}
