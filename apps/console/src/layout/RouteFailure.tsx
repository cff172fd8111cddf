import { errors } from '@guankou/contract/errors.ts'
import { ErrorState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

/** A page that could not be shown: why, and a way to try again. Without an error there is no such page. */
export const RouteFailure = ({ error }: { readonly error?: unknown }) => {
  const locale = useLocale()
  const failureText = useFailureText()
  const shown =
    error === undefined ? { text: inLocale(errors.NO_SUCH_ENDPOINT.text, locale) } : failureText(error)
  return (
    <main className="sign-in" id="content">
      <ErrorState {...shown} onRetry={() => window.location.reload()} />
    </main>
  )
}
