import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listPaperForms, PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import { mostPeopleOfForm, paperProblemNames } from '@guankou/contract/paper/form.ts'
import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import {
  conveyanceKinds,
  platedConveyances,
  scheduledConveyances,
  type ThermometryMethod,
  thermometryMethods,
} from '@guankou/contract/screening/vocabulary.ts'
import { questionsOf } from '@guankou/domain/declarations/questions.ts'
import { serviceText } from '@guankou/domain/screening/service.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { FormDraft, Methods, Unread } from '#src/paper/draft.ts'
import { goOn } from '#src/paper/go-on.ts'
import { ChoiceKey, TextKey } from '#src/paper/KeyFields.tsx'
import type { KeepState } from '#src/paper/keeper.ts'
import { likenessText } from '#src/paper/likeness-text.ts'
import { PersonKeys } from '#src/paper/PersonKeys.tsx'
import { readRun } from '#src/paper/read-run.ts'

export type PaperResponse = NonNullable<OutputOf<typeof listPaperForms>['response']>

type Props = {
  readonly draft: FormDraft
  readonly methods: Methods
  readonly response: PaperResponse
  readonly day: string
  readonly timeZone: string
  readonly unread: readonly Unread[]
  readonly state: KeepState
  readonly onChange: (part: Partial<FormDraft>) => void
  readonly onMethods: (methods: Methods) => void
  readonly onAddPerson: () => void
  readonly onRemovePerson: (seat: number) => void
  readonly onFinish: () => void
  readonly onPutAside: () => void
}

/** How a run is understood as it is typed, or what is kept of it. */
const RunKey = ({ draft, day, unread, onChange }: Props) => {
  const { t } = useTranslation()
  const service = draft.run.trim() === '' ? undefined : readRun(draft.run, day)
  const covered = draft.run.trim() === '' ? draft.coveredRun : undefined
  const hint =
    service !== undefined
      ? `→ ${serviceText(service)}`
      : covered === undefined
        ? t('paper.runHint')
        : t('paper.covered', { masked: covered })
  return (
    <TextKey
      label={t('paper.run')}
      value={draft.run}
      placeholder={draft.coveredRun}
      hint={hint}
      wrong={unread.some(({ field }) => field === 'run') ? t('paper.unread.run') : undefined}
      onChange={(run) => onChange({ run })}
    />
  )
}

const PlateKey = ({ draft, onChange }: Props) => {
  const { t } = useTranslation()
  return (
    <TextKey
      label={t('paper.plate')}
      value={draft.plate}
      placeholder={draft.coveredPlate}
      hint={
        draft.coveredPlate !== undefined && draft.plate === ''
          ? t('paper.covered', { masked: draft.coveredPlate })
          : t('paper.plateHint')
      }
      onChange={(plate) => onChange({ plate })}
    />
  )
}

const Head = (props: Props) => {
  const { draft, unread, onChange } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const wrong = (field: Unread['field'], key: 'serial' | 'time' | 'lane'): string | undefined =>
    unread.some((each) => each.field === field && each.seat === 0) ? t(`paper.unread.${key}`) : undefined
  return (
    <div className="key-grid">
      <TextKey
        label={t('paper.serial')}
        value={draft.serial}
        wrong={wrong('serial', 'serial')}
        onChange={(serial) => onChange({ serial })}
      />
      <TextKey
        numeric
        label={t('paper.time')}
        value={draft.time}
        hint={t('paper.timeHint')}
        wrong={wrong('time', 'time')}
        onChange={(time) => onChange({ time })}
      />
      <TextKey
        numeric
        label={t('paper.lane')}
        value={draft.lane}
        wrong={wrong('lane', 'lane')}
        onChange={(lane) => onChange({ lane })}
      />
      <ChoiceKey
        label={t('paper.kind')}
        value={draft.kind}
        choices={conveyanceKinds.map((kind) => [kind, inLocale(conveyanceKindNames[kind], locale)] as const)}
        onChange={(kind) => onChange({ kind })}
      />
      {platedConveyances.has(draft.kind) ? <PlateKey {...props} /> : null}
      {scheduledConveyances.has(draft.kind) ? <RunKey {...props} /> : null}
    </div>
  )
}

const MethodKeys = ({ methods, onMethods }: Pick<Props, 'methods' | 'onMethods'>) => {
  const { t } = useTranslation()
  const choices = thermometryMethods.map((method) => [method, t(`paper.methods.${method}`)] as const)
  return (['first', 'second'] as const).map((which) => (
    <ChoiceKey<ThermometryMethod>
      key={which}
      label={t(`paper.${which}By`)}
      value={methods[which]}
      choices={choices}
      onChange={(method) => onMethods({ ...methods, [which]: method })}
    />
  ))
}

const People = ({ draft, response, day, unread, onChange, onRemovePerson }: Props) => {
  const { t } = useTranslation()
  const questions = questionsOf(response, day)
  return draft.people.map((person) => (
    <fieldset key={person.seat} className="key-person">
      <legend>{t('paper.person', { seat: person.seat })}</legend>
      <div className="key-grid">
        <PersonKeys
          person={person}
          questions={questions}
          day={day}
          isSeated={scheduledConveyances.has(draft.kind)}
          thresholdCelsius={response.feverThresholdCelsius}
          unread={unread}
          onChange={(part) =>
            onChange({
              people: draft.people.map((each) => (each.seat === person.seat ? { ...each, ...part } : each)),
            })
          }
        />
      </div>
      {draft.people.length < 2 ? null : (
        <button
          type="button"
          className="quiet-button"
          tabIndex={-1}
          onClick={() => onRemovePerson(person.seat)}
        >
          {t('paper.removePerson', { seat: person.seat })}
        </button>
      )}
    </fieldset>
  ))
}

/** What the server says of the form that is keyed: kept or not, what it lacks, what it looks like. */
const KeptLine = ({ state, timeZone }: Pick<Props, 'state' | 'timeZone'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  if (state.is === 'failed')
    return <span className="key-wrong">{t('paper.keepFailed', { why: failureText(state.cause).text })}</span>
  if (state.is !== 'kept') return t(state.is === 'keeping' ? 'paper.keeping' : 'paper.notBegun')
  const { problems, alike, serial }: PaperFormView = state.view
  const lacks = problems
    .filter(({ code }) => code !== 'unfinished')
    .map(({ code, seat }) =>
      seat === 0
        ? inLocale(paperProblemNames[code], locale)
        : t('paper.ofPerson', { seat, problem: inLocale(paperProblemNames[code], locale) }),
    )
  return [
    t(serial === null ? 'paper.kept' : 'paper.keptAs', { serial }),
    ...lacks,
    ...alike.filter(({ near }) => near).map((each) => likenessText(t, each, timeZone)),
  ].join(' · ')
}

/** A new form begins at its top, and another person with their name. */
const useFocus = (id: string, seats: number) => {
  const form = useRef<HTMLFormElement>(null)
  const shownSeats = useRef(seats)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new form begins at its top
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [id])
  useEffect(() => {
    if (seats > shownSeats.current)
      [...(form.current?.querySelectorAll('fieldset') ?? [])].at(-1)?.querySelector('input')?.focus()
    shownSeats.current = seats
  }, [seats])
  return form
}

const Ends = ({ draft, unread, state, timeZone, onAddPerson, onFinish, onPutAside }: Props) => {
  const { t } = useTranslation()
  return (
    <div className="key-ends">
      <button type="button" className="primary-button" data-end="finish" onClick={onFinish}>
        {t('paper.finish')}
      </button>
      <button
        type="button"
        className="quiet-button"
        disabled={draft.people.length >= mostPeopleOfForm}
        onClick={onAddPerson}
      >
        {t('paper.addPerson')}
      </button>
      <button type="button" className="quiet-button" onClick={onPutAside}>
        {t('paper.putAside')}
      </button>
      <p role="status">
        <KeptLine state={state} timeZone={timeZone} />
        {unread.length === 0 ? null : (
          <span className="key-wrong"> {t('paper.unreadCount', { count: unread.length })}</span>
        )}
      </p>
    </div>
  )
}

/** One paper form, keyed from top to bottom: Enter goes on, and leads from the last field of one to the next. */
export const KeyCard = (props: Props) => {
  const { draft, onAddPerson, onFinish } = props
  const { t } = useTranslation()
  const seats = draft.people.length
  const form = useFocus(draft.id, seats)
  const press = (event: KeyboardEvent<HTMLFormElement>): void => {
    const does = goOn(event)
    if (does === 'finish') onFinish()
    if (does === 'add' && seats < mostPeopleOfForm) onAddPerson()
  }
  return (
    <Card
      title={t(draft.revision === 0 ? 'paper.keyNew' : 'paper.keyAgain')}
      note={t('paper.keyHint')}
      controls={<MethodKeys {...props} />}
      className="key-card"
    >
      <form
        ref={form}
        aria-label={t('paper.keyNew')}
        onKeyDown={press}
        onSubmit={(event) => event.preventDefault()}
      >
        <Head {...props} />
        <People {...props} />
        <Ends {...props} />
      </form>
    </Card>
  )
}
