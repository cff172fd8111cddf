import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId } from 'react'
import { useLocale } from '#src/layout/use-preferences.ts'

export type AreaProps = { readonly area: Jurisdiction; readonly areas: readonly Jurisdiction[] }

/** Which area a page is about, among those that the person may see. */
export const AreaChoice = ({
  area,
  areas,
  label,
  onChoose,
}: AreaProps & { readonly label: string; readonly onChoose: (code: number) => void }) => {
  const locale = useLocale()
  const id = useId()
  return (
    <div className="monitoring-choices">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={area.code}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
      >
        {areas.map(({ code, name }) => (
          <option key={code} value={code}>
            {inLocale(name, locale)}
          </option>
        ))}
      </select>
    </div>
  )
}
