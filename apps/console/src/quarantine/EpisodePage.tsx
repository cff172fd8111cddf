import type { OtherEpisode, QuarantineFile } from '@guankou/contract/quarantine/views.ts'
import {
  contactWayNames,
  quarantineSiteNames,
  quarantineStateNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Clock } from '#src/layout/Clock.tsx'
import { useSearchPart } from '#src/layout/go.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { paths } from '#src/path-builder.ts'
import { ActForm } from '#src/quarantine/ActForm.tsx'
import { isTakingBack } from '#src/quarantine/acts.ts'
import { figureOfLine, shortId, stepText } from '#src/quarantine/BoardCard.tsx'
import { DaysCard } from '#src/quarantine/DaysCard.tsx'
import { HistoryCard } from '#src/quarantine/HistoryCard.tsx'
import { LinkCard } from '#src/quarantine/LinkCard.tsx'
import { PaperButton } from '#src/quarantine/PaperButton.tsx'
import { PersonCard } from '#src/quarantine/PersonCard.tsx'
import { readEpisodeView } from '#src/quarantine/quarantine-view.ts'
import { type EpisodeRef, fileQuery } from '#src/quarantine/queries.ts'
import './quarantine.css'

const Other = ({ episode, text }: { readonly episode: OtherEpisode; readonly text: string }) => (
  <PageLink path={paths.episode} view={{ area: episode.jurisdiction, episode: episode.id }}>
    {text}
  </PageLink>
)

/** Episodes before and after, in this district or another. */
const Others = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const { before, after, samePerson, line } = file
  if (before === null && after === null && samePerson.length === 0) return null
  const isTwice = samePerson.some(({ open }) => open) && isOpenEpisode(line)
  return (
    <p className="other-episodes">
      {isTwice ? <strong role="status">{t('quarantine.openTwice')}</strong> : null}
      {before === null ? null : <Other episode={before} text={t('quarantine.before')} />}
      {after === null ? null : <Other episode={after} text={t('quarantine.after')} />}
      {samePerson.map((episode) => (
        <Other
          key={episode.id}
          episode={episode}
          text={t('quarantine.sameAs', { day: formatInstant(episode.orderedAt, line.timeZone).slice(0, 10) })}
        />
      ))}
    </p>
  )
}

const LadderText = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { ladder, timeZone } = file.line
  if (ladder === null) return null
  const time = (instant: string) => formatInstant(instant, timeZone).slice(5, 16)
  return (
    <p className="ladder" role="status">
      {t('quarantine.missedSince', { time: time(ladder.sinceAt) })}{' '}
      {ladder.nextWay === null || ladder.nextAt === null
        ? t('quarantine.ladderTop')
        : t('quarantine.ladderNext', {
            way: inLocale(contactWayNames[ladder.nextWay], locale),
            time: time(ladder.nextAt),
          })}
    </p>
  )
}

/** What stands of a hand-over, where there is something that its district has to know. */
const HandOverText = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const isRecalled = file.line.state === 'cancelled' && file.facts.some(({ kind }) => kind === 'recalled')
  if (!isRecalled && !isTakingBack(file)) return null
  return (
    <p className="hand-over" role="status">
      {isRecalled ? t('quarantine.recalled') : t('quarantine.takingBack')}
    </p>
  )
}

/** What was ordered. */
const Facts = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { line, responseName, legalBasis, lastExposureOn, fromArea } = file
  const facts = [
    [t('quarantine.response'), inLocale(responseName, locale)],
    [
      t('quarantine.place'),
      `${inLocale(line.district, locale)} · ${inLocale(quarantineSiteNames[line.site], locale)}`,
    ],
    [t('quarantine.orderedAt'), formatInstant(line.orderedAt, line.timeZone).slice(0, 16)],
    [t('quarantine.lastExposure'), lastExposureOn ?? '—'],
    [t('quarantine.countedFrom'), line.countedFrom],
    [t('quarantine.lastDay'), line.lastDay],
    [t('quarantine.basis'), inLocale(legalBasis, locale)],
    ...(fromArea === null ? [] : [[t('quarantine.fromCity'), String(fromArea)]]),
  ]
  return (
    <dl className="identity-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Where an episode stands, and what it waits for. */
const HeadCard = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { line } = file
  return (
    <Card
      title={t('quarantine.dayOf', { day: line.dayNumber, days: line.days })}
      note={
        <StatusPill state={figureOfLine(line)}>
          {inLocale(quarantineStateNames[line.state], locale)}
        </StatusPill>
      }
      controls={
        <>
          <PaperButton line={line} />
          <button type="button" className="quiet-button not-printed" onClick={() => window.print()}>
            {t('quarantine.print')}
          </button>
        </>
      }
    >
      <progress max={Math.max(1, line.days)} value={Math.max(0, line.dayNumber)} aria-hidden="true" />
      <p className="next-step">
        {t('quarantine.nextIs', { step: stepText(t, locale, line) })}
        {line.stepAt === null ? '' : ` · ${formatInstant(line.stepAt, line.timeZone).slice(5, 16)}`}
      </p>
      <LadderText file={file} />
      <HandOverText file={file} />
      <Facts file={file} />
      <Others file={file} />
    </Card>
  )
}

const Episode = ({ which }: { readonly which: EpisodeRef }) => {
  const found = useQuery(fileQuery(which))
  return (
    <Query query={found}>
      {(file) => (
        <div className="episode-cards">
          <div>
            <HeadCard file={file} />
            <DaysCard file={file} />
            <HistoryCard file={file} />
          </div>
          <div>
            <ActForm key={`${file.line.id} ${file.line.state} ${file.facts.length}`} file={file} />
            <PersonCard file={file} />
            <LinkCard line={file.line} />
          </div>
        </div>
      )}
    </Query>
  )
}

/** One quarantine from order to release. */
export const EpisodePage = () => {
  const { t } = useTranslation()
  const { area, episode } = readEpisodeView(useSearchPart())
  const timeZone = useTimeZone()
  const title =
    episode === undefined ? t('quarantine.title') : t('quarantine.titleOf', { id: shortId(episode) })
  useTitle(title)
  return (
    <main className="page quarantine" id="content">
      <header className="page-head">
        <h1>{title}</h1>
        <PageLink path={paths.quarantine} view={area === undefined ? {} : { area }}>
          {t('quarantine.backToList')}
        </PageLink>
        <span className="spring" />
        <Clock timeZone={timeZone} />
        <PreferenceButtons />
      </header>
      {area === undefined || episode === undefined ? (
        <EmptyState title={t('quarantine.notNamed')} />
      ) : (
        <Episode key={episode} which={{ jurisdiction: area, id: episode }} />
      )}
    </main>
  )
}
