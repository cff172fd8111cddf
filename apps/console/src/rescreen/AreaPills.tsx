import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { areaName } from '@guankou/geodata/divisions/area-name.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

/** An area at risk in words: where, how much, and on which days. */
export const useAreaText = (): ((area: RiskArea) => string) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ areaCode, name, level, from, until }) => {
    const where = name === undefined ? areaName(areaCode, locale) : inLocale(name, locale)
    const when = until === undefined ? t('originsPage.openEnded', { from }) : `${from}–${until}`
    return `${where} · ${t(`originsPage.levels.${level}`)} · ${when}`
  }
}

export const AreaPills = ({
  areas,
  label,
}: {
  readonly areas: readonly RiskArea[]
  readonly label: string
}) => {
  const text = useAreaText()
  if (areas.length === 0) return null
  return (
    <ul className="preview-areas" aria-label={label}>
      {areas.map((area) => (
        <li key={`${area.areaCode} ${area.level} ${area.from} ${area.until ?? ''}`} className="pill">
          {text(area)}
        </li>
      ))}
    </ul>
  )
}
