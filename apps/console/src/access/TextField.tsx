import { type InputHTMLAttributes, useId } from 'react'

type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange' | 'value'> & {
  readonly label: string
  readonly hint?: string
  readonly value: string | number
  readonly onText: (text: string) => void
}

/** A required field with its label and, where there is one, its hint. */
export const TextField = ({ label, hint, onText, ...input }: TextFieldProps) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        required
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <small id={`${id}-hint`} className="muted">
          {hint}
        </small>
      )}
    </>
  )
}

type SelectFieldProps = {
  readonly label: string
  readonly value: string | number
  readonly options: readonly { readonly value: string | number; readonly label: string }[]
  readonly onPick: (value: string) => void
}

/** A choice among few, with its label. */
export const SelectField = ({ label, value, options, onPick }: SelectFieldProps) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  )
}
