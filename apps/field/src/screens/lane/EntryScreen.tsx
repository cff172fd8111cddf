import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isPlateDoubtful, missingOf } from '#src/lane/build-command.ts'
import { type Draft, isPlated, isUntouched } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { displayPlate, plateColour } from '#src/lane/plate.ts'
import { homeOrigin } from '#src/lane/reference.ts'
import { useField } from '#src/runtime/field-context.ts'
import { plateStart } from '#src/runtime/lane-session.ts'
import type { Workplace } from '#src/runtime/record-draft.ts'
import { ScanVehicle } from '#src/screens/capture/ScanVehicle.tsx'
import { useLaneReaders } from '#src/screens/capture/use-lane-readers.ts'
import { MatchNotice } from '#src/screens/matching/MatchNotice.tsx'
import { CountPad, KindPad, QueuePad } from './CountPads.tsx'
import { Meter } from './Meter.tsx'
import { Notices } from './Notices.tsx'
import { PersonCards } from './PersonCards.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { PlatePad, ProvincePad, SuffixPad } from './PlatePads.tsx'
import { finishOrLead, TemperaturePad } from './TemperaturePad.tsx'
import { UndoSegment } from './UndoButton.tsx'
import { useHardwareKeys } from './use-hardware-keys.ts'

type Props = {
  readonly draft: Draft
  readonly workplace: Workplace
}
type PartProps = Props & { readonly act: (action: DraftAction) => void }

/** The plate as it is painted; a tap returns to its keypad. */
const PlateSign = ({ draft, act }: Omit<PartProps, 'workplace'>) => {
  const { t } = useTranslation()
  if (!isPlated(draft.kind)) return null
  const shown = draft.withoutPlate ? t('lane.noPlate') : displayPlate(draft.plate)
  const plate = shown === '' ? t('lane.plateEmpty') : shown
  const colour = draft.withoutPlate ? 'none' : plateColour(draft.plate)
  return (
    <button
      type="button"
      className={`plate plate-${colour}`}
      aria-label={t('lane.plateIs', { plate })}
      onClick={() => act({ do: 'panel', panel: 'plate' })}
    >
      {plate}
    </button>
  )
}

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
const Segments = ({ draft, act }: Omit<PartProps, 'workplace'>) => {
  const { t } = useTranslation()
  const kind = t(`kind.${draft.kind}`)
  const people = draft.travellers.length
  const noted = draft.queueVehicles
  const segment = (panel: 'kind' | 'count' | 'queue', caption: string, value: ReactNode) => (
    <button
      type="button"
      className="segment"
      aria-pressed={draft.panel === panel}
      onClick={() => act({ do: 'panel', panel })}
    >
      <small>{caption}</small> <span>{value}</span>
    </button>
  )
  return (
    <div className="segments">
      {segment('kind', t('lane.kind'), kind)}
      {segment('count', t('lane.count'), t('lane.peopleShort', { n: people }))}
      {segment('queue', t('lane.queue'), noted === null ? <NotNoted /> : t('lane.queueShort', { n: noted }))}
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
      return <KindPad draft={draft} act={act} plateStart={plateStart} />
    case 'count':
      return <CountPad draft={draft} act={act} home={home} onDiscard={() => lane.discard(workplace.post)} />
    case 'queue':
      return <QueuePad draft={draft} act={act} />
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
    return t('lane.missingTemperature', { count: each.seats.length })
  })
  if (missing.length === 0 && isPlateDoubtful(draft)) words.push(t('lane.checkPlate'))
  return <p className="hint-line">{words.join(' · ')}</p>
}

/** One vehicle: plate above, people in the middle, keys under the thumb. */
export const EntryScreen = ({ draft, workplace }: Props) => {
  const { lane } = useField()
  const { act } = lane
  const { ruleSet } = workplace.rules
  useHardwareKeys({
    draft,
    act,
    thresholdCelsius: ruleSet.feverThresholdCelsius,
    home: homeOrigin(workplace.post),
    finish: () => finishOrLead(draft, act, () => void lane.finish(workplace)),
  })
  useLaneReaders({ draft, act, thresholdCelsius: ruleSet.feverThresholdCelsius })
  const withPeople = draft.panel === 'temperature' || draft.panel === 'count' || draft.panel === 'queue'
  return (
    <main className={`lane lane-${draft.panel}`} id="content">
      <div className="lane-body">
        <Notices />
        <div className="plate-row">
          <PlateSign draft={draft} act={act} />
          {draft.panel === 'person' ? null : (
            <ScanVehicle draft={draft} act={act} symptoms={ruleSet.symptoms.map(({ code }) => code)} />
          )}
        </div>
        {draft.panel === 'person' ? (
          <PersonPanel draft={draft} act={act} workplace={workplace} />
        ) : (
          <Segments draft={draft} act={act} />
        )}
        <MatchNotice draft={draft} content={workplace.content} />
        {withPeople ? <PersonCards draft={draft} act={act} workplace={workplace} /> : null}
        {draft.panel === 'person' ? null : (
          <div className="lane-foot">
            <Meter draft={draft} />
            <Hint draft={draft} />
          </div>
        )}
      </div>
      <Pad draft={draft} act={act} workplace={workplace} />
    </main>
  )
}
