import { isWhole, type ManifestPerson } from '@guankou/domain/manifest/read-manifest.ts'
import { useTranslation } from 'react-i18next'
import { isTaken } from '#src/manifest/list-drafts.ts'

const Rows = ({ title, people }: { readonly title: string; readonly people: readonly ManifestPerson[] }) => {
  const { t } = useTranslation()
  if (people.length === 0) return null
  return (
    <section className="manifest-rows" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {people.map(({ line, text, faults }) => (
          <li key={line}>
            <b>{t('manifest.line', { line })}</b>{' '}
            {faults.map((fault) => t(`manifest.fault.${fault}`)).join(' · ')}
            <br />
            <span className="quiet">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many are taken, every row that is not with its reason, and what could not be read of the others. */
export const RowsSeen = ({ people }: { readonly people: readonly ManifestPerson[] }) => {
  const { t } = useTranslation()
  const left = people.filter((person) => !isTaken(person))
  const doubtful = people.filter((person) => isTaken(person) && !isWhole(person))
  return (
    <>
      <p role="status">
        {t('manifest.summary', {
          taken: people.length - left.length,
          left: left.length,
          doubtful: doubtful.length,
        })}
      </p>
      <Rows title={t('manifest.leftTitle')} people={left} />
      <Rows title={t('manifest.doubtfulTitle')} people={doubtful} />
    </>
  )
}
