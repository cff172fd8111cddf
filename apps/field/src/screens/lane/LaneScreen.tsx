import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { heldAt } from '@guankou/sync/download/check-pack.ts'
import { Link, Navigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takesOver } from '#src/handovers/known-handover.ts'
import { isUntouched } from '#src/lane/draft.ts'
import { rulesInForce } from '#src/lane/reference.ts'
import { goesRound } from '#src/round/round-entry.ts'
import { useField } from '#src/runtime/field-context.ts'
import type { Outcome, Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { StatePage } from '#src/screens/chrome/StatePage.tsx'
import { Opening } from '#src/screens/LaterScreen.tsx'
import { PackGate } from '#src/screens/PackGate.tsx'
import { useNow } from '#src/screens/use-now.ts'
import { usePack } from '#src/screens/use-pack.ts'
import { clockText } from './clock-text.ts'
import { conveyanceText } from './conveyance-text.ts'
import { EntryScreen } from './EntryScreen.tsx'
import { LaneHead } from './LaneHead.tsx'

/** Fetched right after the first load; nobody is screened as fast as that. */
const OutcomeScreen = lazy(async () => ({ default: (await import('./OutcomeScreen.tsx')).OutcomeScreen }))

/** Reads an outcome out as soon as it is there; stands in the page before, so that readers notice the change. */
const Announcer = ({ outcome }: { readonly outcome: Outcome | undefined }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const said =
    outcome === undefined
      ? ''
      : t('outcome.announce', {
          disposition: dispositionNames[outcome.fact.disposition][locale],
          plate: conveyanceText(t, { ...outcome.fact, kind: outcome.fact.conveyanceKind }),
          people: t('outcome.people', { count: outcome.fact.travellers.length }),
        })
  return (
    <p className="only-heard" role="status" aria-live="assertive">
      {said}
    </p>
  )
}

/** States that need a person before the next vehicle; while one is being entered they are said above it instead. */
const Blocked = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { upload, skewMs } = useStore(runtime.sync.view)
  const records = (
    <Link to="/records" className="button">
      {t('state.seeRecords')}
    </Link>
  )
  if (upload.state === 'device-revoked')
    return (
      <StatePage title={t('state.revokedTitle')} text={t('state.revokedText')} tone="act">
        <Link to="/sign-in" className="button button-main">
          {t('state.signIn')}
        </Link>
        {records}
      </StatePage>
    )
  return (
    <StatePage title={t('state.clockTitle')} text={clockText(t, skewMs)} tone="act">
      <button
        type="button"
        className="button button-main"
        onClick={() => runtime.sync.uploader.tell({ is: 'asked' })}
      >
        {t('state.clockCheck')}
      </button>
      {records}
    </StatePage>
  )
}

const Lane = ({ workplace }: { readonly workplace: Workplace }) => {
  const { runtime, lane } = useField()
  const draft = useStore(lane.draft)
  const outcome = useStore(lane.outcome)
  const passed = useStore(lane.passed)
  const { upload } = useStore(runtime.sync.view)
  const isEmpty = draft === undefined
  useEffect(() => {
    if (isEmpty) lane.prepare(workplace.post)
  }, [isEmpty, lane, workplace.post])
  if (draft === undefined) return null
  const blocked = upload.state === 'device-revoked' || upload.state === 'clock-wrong'
  const atWork = !isUntouched(draft)
  return (
    <>
      <Announcer outcome={outcome ?? passed} />
      {outcome === undefined && blocked && !atWork ? (
        <Blocked />
      ) : (
        <>
          <LaneHead workplace={workplace} />
          {outcome === undefined ? (
            <EntryScreen draft={draft} workplace={workplace} />
          ) : (
            <Suspense fallback={<Opening />}>
              <OutcomeScreen outcome={outcome} onNext={() => lane.next(workplace.post)} />
            </Suspense>
          )}
        </>
      )}
    </>
  )
}

/** The lane: everything it needs is in place, or the way to it is shown. */
export const LaneScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const { held } = usePack()
  const nowMs = useNow(30_000)
  const [oldUsed, setOldUsed] = useState<string>()
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (takesOver(profile.role)) return <Navigate to="/handovers" />
  if (goesRound(profile.role)) return <Navigate to="/round" />
  if (held === undefined) return <PackGate />
  if (heldAt(held.pack, nowMs) === 'expired' && oldUsed !== held.pack.version)
    return <PackGate onUseOld={() => setOldUsed(held.pack.version)} />
  const post = held.content.posts.find((each) => each.id === place?.postId)
  if (place === undefined || post === undefined || place.lane > post.lanes) return <Navigate to="/place" />
  const rules = rulesInForce(held.content, post, nowMs)
  if (rules === undefined)
    return <StatePage title={t('lane.noRules')} text={t('lane.noRulesHelp')} tone="look" />
  return <Lane workplace={{ content: held.content, post, lane: place.lane, rules }} />
}
