import { useId } from 'react'

type Choice<T extends string | number> = { readonly value: T; readonly label: string }

type OneProps<T extends string | number> = {
  readonly legend: string
  readonly choices: readonly Choice<T>[]
  readonly chosen: T | undefined
  readonly onChoose: (value: T) => void
}

/** One of several, all in sight; native radio buttons underneath, so that keys and readers know them. */
export const ChooseOne = <T extends string | number>({ legend, choices, chosen, onChoose }: OneProps<T>) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <div className="choice-row">
        {choices.map(({ value, label }) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name={name}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              onClick={() => {
                if (value === chosen) onChoose(value)
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type ManyProps<T extends string> = {
  readonly legend: string
  readonly choices: readonly Choice<T>[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
}

/** Any of several. */
export const ChooseMany = <T extends string>({ legend, choices, chosen, onChange }: ManyProps<T>) => (
  <fieldset className="choices">
    <legend>{legend}</legend>
    <div className="choice-row">
      {choices.map(({ value, label }) => (
        <label key={value} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
            }
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)
