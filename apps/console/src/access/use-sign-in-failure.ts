import { useTranslation } from 'react-i18next'
import { PasskeyCancelled } from '#src/access/webauthn.ts'
import { refusalOf } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'

/** What went wrong in signing in, with the wait where something is locked. */
export const useSignInFailure = () => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  return (cause: unknown): string => {
    if (cause instanceof PasskeyCancelled) return t('access.passkeyCancelled')
    const { text } = failureText(cause)
    const seconds = refusalOf(cause)?.retryAfterSeconds
    if (seconds === undefined) return text
    const wait =
      seconds < 120
        ? t('access.waitSeconds', { count: seconds })
        : t('access.waitMinutes', { count: Math.ceil(seconds / 60) })
    return `${text} ${wait}`
  }
}
