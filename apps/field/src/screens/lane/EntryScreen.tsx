import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { missingOf, plateDoubt } from '#src/lane/build-command.ts'
import { aboardOf, type Draft, isUntouched, wasEntered } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { plateRepairs } from '#src/lane/plate.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import { usualPlateStart } from '#src/runtime/plate-start.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { useStore } from '#src/runtime/store.ts'
import { ScanVehicle } from '#src/screens/capture/ScanVehicle.tsx'
import { ThermometerDoubt } from '#src/screens/capture/ThermometerDoubt.tsx'
import { DeclarationEntry } from '#src/screens/declarations/DeclarationEntry.tsx'
import { LaneReaders } from '#src/screens/declarations/LaneReaders.tsx'
import { formatCelsius } from '#src/screens/format.ts'
import { MatchNotice } from '#src/screens/matching/MatchNotice.tsx'
import { CountPad, KindPad, QueuePad } from './CountPads.tsx'
import { afterPlate, KnownMatches, KnownOffer } from './KnownMatches.tsx'
import { Meter } from './Meter.tsx'
import { Notices } from './Notices.tsx'
import { ParkedList, ParkedSegment } from './Parked.tsx'
import { PassedBanner } from './PassedBanner.tsx'
import { PersonCards } from './PersonCards.tsx'
import { PlatePad, ProvincePad, SuffixPad } from './PlatePads.tsx'
import { PlateRepairs, PlateSign } from './PlateSign.tsx'
import { SecondStrip } from './SecondStrip.tsx'
import { ServiceSign } from './ServiceSign.tsx'
import { finishOrLead, TemperaturePad } from './TemperaturePad.tsx'
import { UndoSegment } from './UndoButton.tsx'
import { useHardwareKeys } from './use-hardware-keys.ts'

/** The rules of documents are large: fetched right after the first load, long before somebody is asked for one. */
const PersonPanel = lazy(async () => ({ default: (await import('./PersonPanel.tsx')).PersonPanel }))
const ServiceForm = lazy(async () => ({
  default: (await import('#src/screens/seats/ServiceForm.tsx')).ServiceForm,
}))
const SeatsBody = lazy(async () => ({
  default: (await import('#src/screens/seats/SeatsBody.tsx')).SeatsBody,
}))
const Returning = lazy(async () => ({ default: (await import('./ReturningPad.tsx')).Returning }))
const SeatsPad = lazy(async () => ({ default: (await import('#src/screens/seats/SeatsPad.tsx')).SeatsPad }))

type Props = {
  readonly draft: Draft
  readonly workplace: Workplace
}
type PartProps = Props & { readonly act: (action: DraftAction) => void }

const NotNoted = () => {
  const { t } = useTranslation()
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className="only-heard">{t('lane.queueNone')}</span>
    </>
  )
}

/** What arrived, how many, how long the queue is: three taps apart. */
const Segments = ({ draft, act, workplace }: PartProps) => {
  const { t } = useTranslation()
  const kind = t(`kind.${draft.kind}`)
  const people = aboardOf(draft).length
  const noted = draft.queueVehicles
  const whoPanel = draft.atPlace === undefined ? 'count' : 'seats'
  const segment = (panel: 'kind' | 'count' | 'seats' | 'queue', caption: string, value: ReactNode) => (
    <button
      type="button"
      className="segment"
      aria-pressed={draft.panel === panel}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => act({ do: 'panel', panel })}
    >
      <small>{caption}</small> <span>{value}</span>
    </button>
  )
  return (
    <div className="segments">
      {segment('kind', t('lane.kind'), kind)}
      {segment(whoPanel, t('lane.count'), t('lane.peopleShort', { n: people }))}
      {segment('queue', t('lane.queue'), noted === null ? <NotNoted /> : t('lane.queueShort', { n: noted }))}
      <ParkedSegment draft={draft} act={act} workplace={workplace} />
      {isUntouched(draft) ? <UndoSegment /> : null}
    </div>
  )
}

const Pad = ({ draft, act, workplace }: PartProps) => {
  const { lane } = useField()
  const home = homeOrigin(workplace.post)
  switch (draft.panel) {
    case 'plate':
      return <PlatePad draft={draft} act={act} />
    case 'province':
      return <ProvincePad act={act} />
    case 'suffix':
      return <SuffixPad act={act} />
    case 'kind':
      return (
        <>
          <KindPad draft={draft} act={act} plateStart={usualPlateStart} />
          <DeclarationEntry
            draft={draft}
            act={act}
            rules={workplace.rules}
            pass={() => void lane.passAgain(workplace)}
          />
        </>
      )
    case 'returning':
    case 'count':
      return <CountPad draft={draft} act={act} home={home} onDiscard={() => lane.discard(workplace.post)} />
    case 'queue':
      return <QueuePad draft={draft} act={act} />
    case 'seats':
      return (
        <Suspense fallback={null}>
          <SeatsPad draft={draft} act={act} workplace={workplace} />
        </Suspense>
      )
    case 'service':
    case 'parked':
    case 'person':
      return null
    case 'temperature':
      return (
        <TemperaturePad
          draft={draft}
          act={act}
          thresholdCelsius={workplace.rules.ruleSet.feverThresholdCelsius}
          onFinish={() => void lane.finish(workplace)}
        />
      )
  }
}

/** What is still missing or looks wrong, in one line. */
const Hint = ({ draft }: Pick<Props, 'draft'>) => {
  const { t } = useTranslation()
  if (draft.panel === 'plate' || isUntouched(draft)) return null
  const missing = missingOf(draft)
  const words = missing.map((each) => {
    if (each.is === 'plate') return t('lane.missingPlate')
    if (each.is === 'phone') return t('lane.shortPhone')
    if (each.is === 'people') return t('seats.missingPeople')
    if (each.is === 'expected') return t('seats.missingExpected', { count: each.count })
    if (each.is === 'implausible')
      return t('second.missingImplausible', { value: formatCelsius(each.celsius) })
    return t('lane.missingTemperature', { count: each.seats.length })
  })
  if (draft.panel === 'count' && draft.travellers.some(wasEntered)) words.unshift(t('lane.countKept'))
  const doubt = plateDoubt(draft)
  if (missing.length === 0 && doubt !== undefined) words.push(t(`plateKind.problem.${doubt}`))
  return <p className="hint-line">{words.join(' · ')}</p>
}

/** The plate, or the vehicle that just passed in its place; beneath it what may be meant by it. */
const Top = ({ draft, act, workplace }: PartProps) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const passed = useStore(lane.passed)
  const matches = useStore(lane.known.matches)
  const hasPassed = passed !== undefined && isUntouched(draft)
  return (
    <>
      <div className="plate-row">
        {hasPassed ? (
          <PassedBanner made={passed} />
        ) : (
          <>
            <PlateSign draft={draft} act={act} />
            <ServiceSign draft={draft} act={act} />
          </>
        )}
        {draft.panel === 'person' ? null : (
          <ScanVehicle
            draft={draft}
            act={act}
            rules={workplace.rules}
            pass={() => void lane.passAgain(workplace)}
          />
        )}
      </div>
      {draft.panel === 'person' ? (
        <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
          <PersonPanel draft={draft} act={act} workplace={workplace} />
        </Suspense>
      ) : matches.length > 0 ? (
        <KnownMatches draft={draft} act={act} workplace={workplace} />
      ) : draft.panel === 'plate' && plateRepairs(draft.plate).length > 0 ? (
        <PlateRepairs plate={draft.plate} act={act} />
      ) : draft.panel === 'returning' ? null : (
        <Segments draft={draft} act={act} workplace={workplace} />
      )}
    </>
  )
}

const Returned = ({ draft, act, workplace }: PartProps) => {
  const known = useStore(useField().lane.known.current)
  if (known === undefined || draft.travellers.some(wasEntered))
    return <Pad draft={draft} act={act} workplace={workplace} />
  return (
    <Suspense fallback={null}>
      <Returning key={known.plate} vehicle={known} act={act} workplace={workplace} />
    </Suspense>
  )
}

/** What the keys of a keyboard do here, for desks: shown where there is room for it. */
const DeskKeys = ({ panel }: Pick<Draft, 'panel'>) => {
  const { t } = useTranslation()
  if (panel !== 'plate' && panel !== 'count' && panel !== 'temperature' && panel !== 'seats') return null
  return <p className="desk-keys">{t(`lane.deskKeys.${panel}`)}</p>
}

const Foot = ({ draft }: Pick<Props, 'draft'>) =>
  ['person', 'returning', 'service'].includes(draft.panel) ? null : (
    <div className="lane-foot">
      <Meter draft={draft} />
      <Hint draft={draft} />
      <DeskKeys panel={draft.panel} />
    </div>
  )

/** Which run it is, or everyone by their place. */
const ManyPeople = ({ draft, act, workplace }: PartProps) => {
  const { t } = useTranslation()
  if (draft.panel !== 'service' && draft.panel !== 'seats') return null
  return (
    <Suspense fallback={<p role="status">{t('app.opening')}</p>}>
      {draft.panel === 'service' ? (
        <ServiceForm key={draft.kind} draft={draft} act={act} workplace={workplace} />
      ) : (
        <SeatsBody draft={draft} act={act} workplace={workplace} />
      )}
    </Suspense>
  )
}

/** One vehicle: plate above, people in the middle, keys under the thumb. */
export const EntryScreen = ({ draft, workplace }: Props) => {
  const { lane } = useField()
  const { act } = lane
  const { ruleSet } = workplace.rules
  const known = useStore(lane.known.current)
  useHardwareKeys({
    draft,
    afterPlate: afterPlate(draft, known),
    act,
    thresholdCelsius: ruleSet.feverThresholdCelsius,
    home: homeOrigin(workplace.post),
    finish: () => finishOrLead(draft, act, () => void lane.finish(workplace)),
  })
  const withPeople = draft.panel === 'temperature' || draft.panel === 'count' || draft.panel === 'queue'
  return (
    <main className={`lane lane-${draft.panel}`} id="content">
      <LaneReaders
        draft={draft}
        act={act}
        rules={workplace.rules}
        pass={() => void lane.passAgain(workplace)}
      />
      <div className="lane-body">
        <Notices />
        {draft.panel === 'count' ? <KnownOffer draft={draft} act={act} workplace={workplace} /> : null}
        <Top draft={draft} act={act} workplace={workplace} />
        <MatchNotice draft={draft} content={workplace.content} />
        {draft.panel === 'temperature' ? (
          <>
            <ThermometerDoubt />
            <SecondStrip draft={draft} act={act} workplace={workplace} />
          </>
        ) : null}
        {draft.panel === 'parked' ? <ParkedList draft={draft} act={act} workplace={workplace} /> : null}
        <ManyPeople draft={draft} act={act} workplace={workplace} />
        {withPeople ? <PersonCards draft={draft} act={act} workplace={workplace} /> : null}
        <Foot draft={draft} />
      </div>
      {draft.panel === 'returning' ? (
        <Returned draft={draft} act={act} workplace={workplace} />
      ) : (
        <Pad draft={draft} act={act} workplace={workplace} />
      )}
    </main>
  )
}
