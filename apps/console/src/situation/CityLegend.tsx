import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { waitTargetMinutes } from '#src/situation/targets.ts'

/** What the marks of the city map mean. */
export const CityLegend = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const target = formatQuantity(locale, waitTargetMinutes, 'minute')
  return (
    <p className="map-legend">
      <span className="swatch swatch-well">{t('city.legendWell')}</span>
      <span className="swatch swatch-look">{t('city.legendLook', { target })}</span>
      <span className="swatch swatch-act">{t('city.legendAct')}</span>
      <span className="swatch swatch-silent">{t('city.legendSilent')}</span>
      <span className="swatch swatch-open">{t('city.legendIllustrative')}</span>
      <span>{t('city.legendArea')}</span>
      <span>{t('city.legendFlow')}</span>
      <span>{t('city.legendOutline')}</span>
    </p>
  )
}
