import { matchReasonNames } from '@guankou/contract/matching/reasons.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import { areaText } from '#src/lane/area-text.ts'
import type { Ground } from '#src/lane/grounds.ts'
import { formatCelsius } from '#src/screens/format.ts'

type Words = { readonly t: TFunction; readonly locale: Locale; readonly ruleSet: RuleSet }

const stayText = (t: TFunction, area: string, daysAgo: number): string =>
  daysAgo <= 0 ? t('outcome.stayToday', { area }) : t('outcome.stay', { area, count: daysAgo })

/** A ground of an outcome in words. */
export const groundText = (ground: Ground, { t, locale, ruleSet }: Words): string => {
  switch (ground.is) {
    case 'temperature':
      return t('outcome.temperature', {
        method: t(`method.${ground.method as ThermometryMethod}`),
        value: formatCelsius(ground.celsius),
      })
    case 'under-threshold':
      return t('outcome.under', { threshold: formatCelsius(ground.thresholdCelsius) })
    case 'not-measured':
      return t('outcome.notMeasured')
    case 'reading-gap':
      return t('outcome.gap', { minutes: ground.minutes })
    case 'second-doubt':
      return t(`second.doubt.${ground.doubt}`)
    case 'contact':
      return t('outcome.contact')
    case 'listed': {
      const reason = matchReasonNames[ground.reason][locale]
      return ground.confirmed ? t('match.found', { reason }) : t('match.maybe', { reason })
    }
    case 'stay':
      return stayText(t, areaText(ground.areaCode, ruleSet.riskAreas, locale), ground.daysAgo)
    case 'symptoms': {
      const names = ground.codes.map(
        (code) => ruleSet.symptoms.find((symptom) => symptom.code === code)?.name[locale] ?? code,
      )
      return t('outcome.symptoms', { list: names.join(locale === 'zh' ? '、' : ', ') })
    }
  }
}
