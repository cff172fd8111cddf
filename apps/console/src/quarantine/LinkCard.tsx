import type { QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { outside } from '#src/path-builder.ts'
import { useLink } from '#src/quarantine/queries.ts'

/** The link by which the person reports, for a message or to be scanned; shown when it is asked for. */
export const LinkCard = ({ line }: { readonly line: QuarantineLine }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const link = useLink()
  if (!isOpenEpisode(line)) return null
  const { jurisdiction, id } = line
  const address =
    link.data === undefined
      ? undefined
      : `${window.location.origin}${outside.portal}report#${link.data.secret}`
  return (
    <Card title={t('quarantine.link')} note={t('quarantine.linkNote')} className="not-printed">
      {address === undefined ? (
        <button
          type="button"
          className="quiet-button"
          disabled={link.isPending}
          onClick={() => link.mutate({ jurisdiction, id })}
        >
          {t('quarantine.linkShow')}
        </button>
      ) : (
        <div className="report-link">
          <QrCode text={address} label={t('quarantine.linkCode')} />
          <p className="report-address">{address}</p>
          <div className="plain-buttons">
            <button
              type="button"
              className="quiet-button"
              onClick={() => void navigator.clipboard.writeText(address)}
            >
              {t('quarantine.linkCopy')}
            </button>
            <button type="button" className="quiet-button" onClick={() => link.reset()}>
              {t('quarantine.linkHide')}
            </button>
          </div>
        </div>
      )}
      <p className="field-error" role="alert">
        {link.isError ? failureText(link.error).text : null}
      </p>
    </Card>
  )
}
