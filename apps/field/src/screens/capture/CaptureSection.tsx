import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bytesOf, codeParts, type Progress, partNames, textParts } from '#src/capture/parts/capture-files.ts'
import { downloadParts, keptParts, removeParts } from '#src/capture/parts/kept-parts.ts'
import { megabytes } from './megabytes.ts'

type Download = { readonly is: 'none' | 'failed' } | { readonly is: 'running'; readonly progress: Progress }

const PartLine = ({
  name,
  size,
  kept,
}: {
  readonly name: string
  readonly size: number
  readonly kept: boolean
}) => {
  const { t } = useTranslation()
  return (
    <>
      <dt>{name}</dt>
      <dd>{t(kept ? 'capture.kept' : 'capture.notKept', { size: megabytes(size) })}</dd>
    </>
  )
}

const DownloadLine = ({ download }: { readonly download: Download }) => {
  const { t } = useTranslation()
  return (
    <p role="status" className={download.is === 'failed' ? 'notice notice-look' : ''}>
      {download.is === 'failed' ? t('capture.downloadFailed') : null}
      {download.is === 'running'
        ? t('capture.downloading', {
            done: megabytes(download.progress.doneBytes),
            of: megabytes(download.progress.ofBytes),
          })
        : null}
    </p>
  )
}

const useParts = () => {
  const [kept, setKept] = useState({ codes: false, texts: false })
  const [download, setDownload] = useState<Download>({ is: 'none' })
  const look = useCallback(async () => setKept(await keptParts()), [])
  useEffect(() => void look(), [look])
  const begin = async (): Promise<void> => {
    setDownload({ is: 'running', progress: { doneBytes: 0, ofBytes: bytesOf(partNames) } })
    try {
      await downloadParts((progress) => setDownload({ is: 'running', progress }))
      setDownload({ is: 'none' })
    } catch {
      setDownload({ is: 'failed' })
    }
    await look()
  }
  const remove = async (): Promise<void> => {
    await removeParts()
    await look()
  }
  return { kept, download, begin, remove }
}

/** What reads pictures: how large it is, whether it is on the phone, and how it gets there before the network is gone. */
export const CaptureSection = () => {
  const { t } = useTranslation()
  const { kept, download, begin, remove } = useParts()
  return (
    <section className="section" aria-labelledby="capture-title">
      <h2 id="capture-title">{t('capture.settingsTitle')}</h2>
      <p>{t('capture.settingsText')}</p>
      <dl className="facts">
        <PartLine name={t('capture.codesPart')} size={bytesOf(codeParts)} kept={kept.codes} />
        <PartLine name={t('capture.textsPart')} size={bytesOf(textParts)} kept={kept.texts} />
      </dl>
      <DownloadLine download={download} />
      <div className="button-row">
        {kept.codes && kept.texts ? null : (
          <button
            type="button"
            className="button"
            disabled={download.is === 'running'}
            onClick={() => void begin()}
          >
            {t('capture.download', { size: megabytes(bytesOf(partNames)) })}
          </button>
        )}
        {kept.codes || kept.texts ? (
          <button type="button" className="button" onClick={() => void remove()}>
            {t('capture.remove')}
          </button>
        ) : null}
      </div>
    </section>
  )
}
