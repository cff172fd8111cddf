import type { Bilingual } from '@guankou/contract/primitives.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

/** The values with one of them put in or taken out. */
export const toggled = <T,>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value]

/** Boxes of which any may be ticked. */
export const Checks = <T extends string>(props: {
  readonly legend: string
  readonly hint: string
  readonly all: readonly T[]
  readonly names: Readonly<Record<T, Bilingual>>
  readonly chosen: readonly T[]
  readonly onToggle: (value: T) => void
}) => {
  const locale = useLocale()
  return (
    <fieldset>
      <legend>
        {props.legend} <span className="muted">{props.hint}</span>
      </legend>
      <div className="identity-checks">
        {props.all.map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={props.chosen.includes(value)}
              onChange={() => props.onToggle(value)}
            />
            {inLocale(props.names[value], locale)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
