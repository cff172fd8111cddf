import { decideExport, requestExport, traceExport } from '@guankou/contract/exports/endpoints.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ExportsTable } from '#src/exports/ExportsTable.tsx'
import { exportsQuery } from '#src/exports/queries.ts'
import { RequestForm } from '#src/exports/RequestForm.tsx'
import { Trace } from '#src/exports/Trace.tsx'
import { Waiting } from '#src/exports/Waiting.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'

/** Lists that leave the system: asked for, decided on, downloaded, traced. Each role sees its own part. */
export const ExportsPage = () => {
  const { t } = useTranslation()
  useTitle(t('exports.title'))
  const { role } = useSession()
  const lists = useQuery(exportsQuery)
  const mayDecide = isOpenTo(role, decideExport)
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('exports.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('exports.lead')}</p>
      <div className="identity-columns">
        {isOpenTo(role, requestExport) ? <RequestForm /> : null}
        {mayDecide && lists.data !== undefined ? <Waiting exports={lists.data.exports} /> : null}
        {isOpenTo(role, traceExport) ? <Trace /> : null}
      </div>
      <Query query={lists}>{({ exports }) => <ExportsTable exports={exports} mayStop={mayDecide} />}</Query>
    </main>
  )
}
