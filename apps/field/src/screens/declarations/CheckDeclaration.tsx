import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationSheetProps } from './DeclarationSheet.tsx'

/** Most vehicles come without a declaration: what reads one is no part of the first load. */
const DeclarationSheet = lazy(async () => ({
  default: (await import('./DeclarationSheet.tsx')).DeclarationSheet,
}))

export const CheckDeclaration = (props: DeclarationSheetProps) => {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
      <DeclarationSheet {...props} />
    </Suspense>
  )
}
