import type { QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { QrCode } from '@guankou/ui/qr/QrCode.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { outside } from '#src/path-builder.ts'
import { useAct, useLink } from '#src/quarantine/queries.ts'
import { useOneCommand } from '#src/quarantine/use-one-command.ts'

type Line = { readonly line: QuarantineLine }

/** Asks once more before the links of before stop working, and then shows the new one. */
const ReplaceLink = ({ line, onReplaced }: Line & { readonly onReplaced: () => void }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const act = useAct()
  const one = useOneCommand()
  const [isAsked, setAsked] = useState(false)
  const replace = (): void => {
    const about = { jurisdiction: line.jurisdiction, quarantineId: line.id }
    const { id, at } = one.name(about)
    const command = { ...about, id, schemaVersion: 1, occurredAt: new Date(at).toISOString() } as const
    act.mutate(
      { kind: 'quarantine.relink', ...command },
      {
        onError: one.settle,
        onSuccess: () => {
          one.settle()
          setAsked(false)
          onReplaced()
        },
      },
    )
  }
  if (!isAsked)
    return (
      <button type="button" className="quiet-button" onClick={() => setAsked(true)}>
        {t('quarantine.linkReplace')}
      </button>
    )
  return (
    <div className="replace-link">
      <p role="alert">{t('quarantine.linkReplaceSure')}</p>
      <div className="plain-buttons">
        <button type="button" className="quiet-button" disabled={act.isPending} onClick={replace}>
          {t('quarantine.linkReplaceNow')}
        </button>
        <button type="button" className="quiet-button" onClick={() => setAsked(false)}>
          {t('quarantine.cancel')}
        </button>
      </div>
      {act.isError ? (
        <p className="field-error" role="alert">
          {failureText(act.error).text}
        </p>
      ) : null}
    </div>
  )
}

const ShownLink = ({ address, onHide }: { readonly address: string; readonly onHide: () => void }) => {
  const { t } = useTranslation()
  return (
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
        <button type="button" className="quiet-button" onClick={onHide}>
          {t('quarantine.linkHide')}
        </button>
      </div>
    </div>
  )
}

/** The link by which the person reports, for a message or to be scanned; shown when it is asked for, and replaced where it is lost. */
export const LinkCard = ({ line }: Line) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const link = useLink()
  if (!isOpenEpisode(line)) return null
  const { jurisdiction, id } = line
  const show = (): void => link.mutate({ jurisdiction, id })
  return (
    <Card title={t('quarantine.link')} note={t('quarantine.linkNote')} className="not-printed">
      {link.data === undefined ? (
        <button type="button" className="quiet-button" disabled={link.isPending} onClick={show}>
          {t('quarantine.linkShow')}
        </button>
      ) : (
        <ShownLink
          address={`${window.location.origin}${outside.portal}report#${link.data.secret}`}
          onHide={() => link.reset()}
        />
      )}
      <ReplaceLink line={line} onReplaced={show} />
      <p className="field-error" role="alert">
        {link.isError ? failureText(link.error).text : null}
      </p>
    </Card>
  )
}
