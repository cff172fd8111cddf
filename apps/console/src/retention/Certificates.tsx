import { type CertificateLine, readRetentionCertificate } from '@guankou/contract/retention/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'

const fetchCertificate = async (id: string) => ({
  id,
  ...orThrow(await client.call(readRetentionCertificate, { query: { id } })),
})

const saveCertificate = async (id: string): Promise<void> => {
  const { file } = await fetchCertificate(id)
  saveFile(`guankou-certificate-${id}.json`, JSON.stringify(file, null, 2), 'application/json')
}

/** Certificates of destruction, to keep as files and to print. */
export const Certificates = ({
  certificates,
  timeZone,
}: {
  readonly certificates: readonly CertificateLine[]
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const show = useMutation({ mutationFn: fetchCertificate })
  const save = useMutation({ mutationFn: saveCertificate })
  const failed = show.error ?? save.error
  return (
    <section className="card retention-card certificates" aria-label={t('retention.certificates')}>
      <h2>{t('retention.certificates')}</h2>
      {certificates.length === 0 ? <EmptyState title={t('retention.certificatesNone')} /> : null}
      <ul>
        {certificates.map(({ id, issuedAt, days }) => (
          <li key={id}>
            {t('retention.certificateLine', { time: formatInstant(issuedAt, timeZone), count: days })}{' '}
            <button type="button" className="link-button" onClick={() => save.mutate(id)}>
              {t('retention.save')}
            </button>{' '}
            <button type="button" className="link-button" onClick={() => show.mutate(id)}>
              {t('retention.show')}
            </button>
          </li>
        ))}
      </ul>
      {failed === null ? null : <p role="alert">{failureText(failed).text}</p>}
      {show.data === undefined ? null : (
        <div className="certificate">
          <p className="certificate-tools">
            <button type="button" className="quiet-button" onClick={() => window.print()}>
              {t('retention.print')}
            </button>{' '}
            <button type="button" className="quiet-button" onClick={() => show.reset()}>
              {t('retention.close')}
            </button>
          </p>
          <pre>{show.data.text}</pre>
        </div>
      )}
    </section>
  )
}
