import { useTranslation } from 'react-i18next'

type Props = {
  readonly places: number
  readonly withLarvae: number
  readonly onChange: (places: number, withLarvae: number) => void
}

/** Places where water stands, for a house survey. */
export const Water = ({ places, withLarvae, onChange }: Props) => {
  const { t } = useTranslation()
  const step = (value: number, change: number): number => Math.max(0, Math.min(999, value + change))
  const counters = [
    {
      label: t('round.water'),
      value: places,
      set: (next: number) => onChange(next, Math.min(withLarvae, next)),
    },
    {
      label: t('round.larvae'),
      value: withLarvae,
      set: (next: number) => onChange(Math.max(places, next), next),
    },
  ]
  return (
    <>
      {counters.map(({ label, value, set }) => (
        <fieldset key={label} className="round-counter">
          <legend>{label}</legend>
          <button
            type="button"
            className="button"
            aria-label={`${label} −1`}
            onClick={() => set(step(value, -1))}
          >
            −
          </button>
          <output>{value}</output>
          <button
            type="button"
            className="button"
            aria-label={`${label} +1`}
            onClick={() => set(step(value, 1))}
          >
            +
          </button>
        </fieldset>
      ))}
    </>
  )
}
