import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTranslation } from 'react-i18next'
import { isUnreachable, refusalOf } from '#src/api/client.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

/** What a failure is in words of the page's language, and the id to report where there is one. */
export const useFailureText = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (cause: unknown): { readonly text: string; readonly correlationId?: string | undefined } => {
    const refusal = refusalOf(cause)
    if (refusal !== undefined)
      return { text: inLocale(refusal.text, locale), correlationId: refusal.correlationId }
    if (isUnreachable(cause)) return { text: t('ui:unreachable') }
    return { text: inLocale(errors.INTERNAL.text, locale) }
  }
}

/** The text of a refusal's code, where this version of the console knows it. */
export const textOfCode = (code: string, locale: 'zh' | 'en'): string | undefined =>
  isErrorCode(code) ? inLocale(errors[code].text, locale) : undefined
