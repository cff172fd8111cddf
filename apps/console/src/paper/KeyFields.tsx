import type { ReactNode } from 'react'
import { useId } from 'react'

type Shown = {
  readonly label: string
  /** How what was typed is understood, or what is kept. */
  readonly hint?: string | undefined
  /** What cannot be read, in words; takes the place of the hint. */
  readonly wrong?: string | undefined
}

const Told = ({ id, hint, wrong }: Pick<Shown, 'hint' | 'wrong'> & { readonly id: string }) => (
  <span id={id} className={wrong === undefined ? 'key-hint' : 'key-hint key-wrong'}>
    {wrong ?? hint ?? ''}
  </span>
)

/** One line to type into. */
export const TextKey = ({
  label,
  hint,
  wrong,
  value,
  placeholder,
  numeric = false,
  onChange,
  onLeave,
}: Shown & {
  readonly value: string
  readonly placeholder?: string | undefined
  readonly numeric?: boolean
  readonly onChange: (value: string) => void
  readonly onLeave?: () => void
}) => {
  const id = useId()
  return (
    <span className="key-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        inputMode={numeric ? 'decimal' : 'text'}
        value={value}
        placeholder={placeholder}
        aria-describedby={`${id}-hint`}
        aria-invalid={wrong !== undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <Told id={`${id}-hint`} hint={hint} wrong={wrong} />
    </span>
  )
}

/** One of a closed list; its first letters or the arrows choose. */
export const ChoiceKey = <T extends string>({
  label,
  value,
  choices,
  onChange,
}: Pick<Shown, 'label'> & {
  readonly value: T
  readonly choices: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}) => {
  const id = useId()
  return (
    <span className="key-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {choices.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

/** Yes or no; the space bar ticks. */
export const TickKey = ({
  label,
  checked,
  children,
  onChange,
}: Pick<Shown, 'label'> & {
  readonly checked: boolean
  readonly children: ReactNode
  readonly onChange: (checked: boolean) => void
}) => {
  const id = useId()
  return (
    <span className="key-field">
      <label htmlFor={id}>{label}</label>
      <span className="key-tick">
        <input
          id={id}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {children}
      </span>
    </span>
  )
}
