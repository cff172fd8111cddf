import { mostShownCertificates, type ShownCertificate } from '@guankou/contract/certificates/shown.ts'

const textOf = (shown: ShownCertificate): string => JSON.stringify(shown)

/** Adds a certificate that was shown; the same one shown again is one, and of too many the oldest go. */
export const withCertificate = (
  certificates: readonly ShownCertificate[] | undefined,
  shown: ShownCertificate,
): readonly ShownCertificate[] =>
  [...(certificates ?? []).filter((each) => textOf(each) !== textOf(shown)), shown].slice(
    -mostShownCertificates,
  )

/** What is left without one of them. */
export const withoutCertificate = (
  certificates: readonly ShownCertificate[] | undefined,
  shown: ShownCertificate,
): readonly ShownCertificate[] => (certificates ?? []).filter((each) => textOf(each) !== textOf(shown))
