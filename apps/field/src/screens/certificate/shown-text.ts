import { certificateOutcomeNames, type ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import { certificateFormatNames } from '@guankou/contract/certificates/trust-list.ts'

/** A certificate that was shown, in one line. */
export const shownText = ({ format, country, outcome }: ShownCertificate, locale: 'zh' | 'en'): string =>
  [certificateFormatNames[format][locale], country, certificateOutcomeNames[outcome][locale]]
    .filter((part) => part !== undefined)
    .join(' · ')
