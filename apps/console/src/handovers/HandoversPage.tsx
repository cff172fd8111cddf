import { type HandoverLine, readHandoverChain } from '@guankou/contract/handovers/endpoints.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { CustodyPaper } from '#src/handovers/CustodyPaper.tsx'
import { HandoverActs } from '#src/handovers/HandoverActs.tsx'
import { HandoversCard } from '#src/handovers/HandoversCard.tsx'
import { useHandoversView } from '#src/handovers/handovers-view.ts'
import { LimitsCard } from '#src/handovers/LimitsCard.tsx'
import { chainQuery, handoversQuery } from '#src/handovers/queries.ts'
import { AreaChoice, type AreaProps } from '#src/layout/AreaChoice.tsx'
import { AreaPage } from '#src/layout/AreaPage.tsx'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { LivePill } from '#src/live/LivePill.tsx'
import { useLive } from '#src/live/use-live.ts'

type Posts = { readonly posts: ReadonlyMap<number, Post> }
type FileProps = Pick<AreaProps, 'area'> & Posts & { readonly line: HandoverLine }

/** One hand-over: its record, to be read and printed, and what can be done about it. */
const File = ({ line, area, posts }: FileProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { change } = useHandoversView()
  const chain = useQuery(chainQuery({ jurisdiction: line.jurisdiction, id: line.id }))
  const post = line.opening === null ? undefined : posts.get(line.opening.postId)
  const postName = post === undefined ? t('handovers.notArrived') : inLocale(post.name, locale)
  return (
    <section className="card custody-file">
      <div className="plain-buttons not-printed">
        <button type="button" className="quiet-button" onClick={() => window.print()}>
          {t('handovers.print')}
        </button>
        <button type="button" className="quiet-button" onClick={() => change({ handover: undefined })}>
          {t('handovers.close')}
        </button>
      </div>
      <Query query={chain}>
        {(value) => <CustodyPaper chain={value} postName={postName} timeZone={area.timeZone} />}
      </Query>
      <HandoverActs key={line.id} line={line} />
    </section>
  )
}

const AreaHandovers = ({ area, areas, posts }: AreaProps & Posts) => {
  const { t } = useTranslation()
  const { view, change } = useHandoversView()
  const { role } = useSession()
  const line = useLive(area.code, undefined)
  const found = useQuery(handoversQuery(area.code))
  const chosen = found.data?.handovers.find(({ id }) => id === view.handover)
  return (
    <>
      <header className="page-head not-printed">
        <h1>{t('handovers.title')}</h1>
        <AreaChoice
          area={area}
          areas={areas}
          label={t('handovers.area')}
          onChoose={(code) => change({ area: code, handover: undefined })}
        />
        <span className="spring" />
        <LivePill line={line} timeZone={area.timeZone} />
        <Clock timeZone={area.timeZone} />
        <PreferenceButtons />
      </header>
      <Query query={found}>
        {(value) => (
          <>
            <HandoversCard area={area} found={value} posts={posts} />
            {chosen === undefined || !isOpenTo(role, readHandoverChain) ? null : (
              <File line={chosen} area={area} posts={posts} />
            )}
            <LimitsCard limits={value.limits} isCity={area.code % 100 === 0} />
          </>
        )}
      </Query>
    </>
  )
}

/** Who is being handed over, who has them, and what takes too long. */
export const HandoversPage = () => {
  const { t } = useTranslation()
  useTitle(t('handovers.title'))
  const { view } = useHandoversView()
  const places = useQuery(placesQuery)
  const byId = useMemo(
    () => new Map((places.data?.posts ?? []).map((post) => [post.id, post])),
    [places.data],
  )
  return (
    <AreaPage className="monitoring handovers" asked={view.area} none={t('handovers.none')}>
      {(areas) => <AreaHandovers {...areas} posts={byId} />}
    </AreaPage>
  )
}
