import type {
  AlarmFile,
  AlarmLine,
  AlarmNumbers,
  AlarmStepView,
} from '@guankou/contract/monitoring/endpoints.ts'
import { alarmCauseNames } from '@guankou/contract/monitoring/vocabulary.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { bandOption } from '@guankou/ui/charts/band-option.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber, formatQuantity, unitText } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useReturnFocus } from '#src/layout/use-return-focus.ts'
import { AlarmActs } from '#src/monitoring/AlarmActs.tsx'
import { alarmWords, figureOfState, hourText } from '#src/monitoring/alarm-words.ts'
import { noteOf } from '#src/monitoring/notes.ts'
import { bandPoints } from '#src/monitoring/PostsGrid.tsx'
import { alarmQuery } from '#src/monitoring/queries.ts'
import { unitOfSignal } from '#src/monitoring/units.ts'

type OfAlarm = { readonly line: AlarmLine; readonly timeZone: string }

type NumbersProps = OfAlarm & { readonly title: string; readonly numbers: AlarmNumbers }

const Expected = ({ title, numbers, line, timeZone }: NumbersProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const isFever = line.signal === 'fever'
  const { expected, low90, high90 } = numbers
  return (
    <ModelFigure
      stamp={line.stamp}
      name={`${title}, ${t('monitoring.expected')}`}
      text={formatQuantity(locale, expected, unitOfSignal(line.signal), isFever ? 3 : 1)}
      value={expected}
      interval={{
        text: `[${formatNumber(locale, low90)}, ${formatNumber(locale, high90)}]`,
        of: { value: expected, low: low90, high: high90, level: 0.9 },
      }}
      timeZone={timeZone}
      note={noteOf(t, isFever ? 'fever' : 'flow')}
    />
  )
}

const Score = ({ title, numbers, line, timeZone }: NumbersProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <ModelFigure
        stamp={{ ...line.stamp, unit: 'score' }}
        name={`${title}, ${t('monitoring.score')}`}
        text={formatNumber(locale, numbers.score, 2)}
        value={numbers.score}
        timeZone={timeZone}
        note={noteOf(t, 'score')}
      />{' '}
      / {t('monitoring.threshold')} {formatNumber(locale, numbers.threshold, 2)}
    </>
  )
}

const Numbers = (props: NumbersProps) => {
  const { title, numbers, line } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const unit = unitOfSignal(line.signal)
  const { observed, bound, travellers, isOver } = numbers
  return (
    <section>
      <h3>{title}</h3>
      <dl className="figures">
        <dt>{t('monitoring.hour')}</dt>
        <dd>
          {hourText(numbers)}
          {isOver ? '' : ` · ${t('monitoring.notOver')}`}
        </dd>
        <dt>{t('monitoring.observed')}</dt>
        <dd>
          <data value={observed}>{formatNumber(locale, observed)}</data> {unitText(locale, unit, observed)}
        </dd>
        <dt>{t('monitoring.expectedTo')}</dt>
        <dd>
          <Expected {...props} />
        </dd>
        <dt>{t(line.signal === 'flow-low' ? 'monitoring.boundLow' : 'monitoring.bound')}</dt>
        <dd>{bound === null ? t('monitoring.boundNone') : formatQuantity(locale, bound, unit)}</dd>
        <dt>{t('monitoring.score')}</dt>
        <dd>
          <Score {...props} />
        </dd>
        {line.signal === 'fever' ? (
          <>
            <dt>{t('monitoring.travellers')}</dt>
            <dd>{formatQuantity(locale, travellers, 'person')}</dd>
          </>
        ) : null}
      </dl>
    </section>
  )
}

const Step = ({ step, timeZone }: { readonly step: AlarmStepView; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <li>
      <span className="muted">{formatInstant(step.at, timeZone)}</span> {t(`monitoring.steps.${step.kind}`)}
      {step.by === null ? '' : ` · ${inLocale(step.by.officer, locale)}`}
      {step.toRole === null ? '' : ` · ${inLocale(roleNames[step.toRole], locale)}`}
      {step.cause === null ? '' : ` · ${inLocale(alarmCauseNames[step.cause], locale)}`}
      {step.numbers === null
        ? ''
        : ` · ${formatNumber(locale, step.numbers.observed)} / ${formatNumber(locale, step.numbers.expected, 2)}`}
      {step.hasNote ? <p className="alarm-note">{step.note ?? t('monitoring.noteGone')}</p> : null}
    </li>
  )
}

const Hours = ({ file, name }: { readonly file: AlarmFile; readonly name: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const option = useMemo(
    () =>
      bandOption(
        bandPoints(file.hours),
        {
          observed: t('monitoring.observed'),
          expected: t('monitoring.expected'),
          number: (value) => formatNumber(locale, value, Number.isInteger(value) ? 0 : 1),
        },
        tokens,
      ),
    [file.hours, t, locale, tokens],
  )
  return (
    <Chart option={option} summary={t('monitoring.chartOf', { post: name })} className="chart chart-small" />
  )
}

const File = ({ file, name, timeZone }: { file: AlarmFile; name: string; timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { line, steps } = file
  const isSame = line.first.day === line.latest.day && line.first.hour === line.latest.hour
  return (
    <div className="alarm-panel">
      <AlarmActs line={line} />
      {line.escalatesAt === null ? null : (
        <p className="muted">
          {t('monitoring.escalates', { time: formatInstant(line.escalatesAt, timeZone) })}
        </p>
      )}
      <Hours file={file} name={name} />
      <Numbers title={t('monitoring.numbersFirst')} numbers={line.first} line={line} timeZone={timeZone} />
      {isSame && line.first.observed === line.latest.observed ? null : (
        <Numbers
          title={t('monitoring.numbersLatest')}
          numbers={line.latest}
          line={line}
          timeZone={timeZone}
        />
      )}
      <p className="muted">
        {t('monitoring.runLength')}:{' '}
        {t('monitoring.runLengthText', { days: formatNumber(locale, file.averageRunLengthHours / 24) })}
      </p>
      <section>
        <h3>{t('monitoring.course')}</h3>
        <ol className="alarm-course">
          {steps.map((step) => (
            <Step key={step.number} step={step} timeZone={timeZone} />
          ))}
        </ol>
      </section>
    </div>
  )
}

/** One alarm: what can be done, the numbers behind it, and its course. */
export const AlarmDrawer = ({
  id,
  posts,
  timeZone,
  onClose,
}: {
  readonly id: string
  readonly posts: ReadonlyMap<number, Post>
  readonly timeZone: string
  readonly onClose: () => void
}) => {
  useReturnFocus()
  const { t } = useTranslation()
  const locale = useLocale()
  const file = useQuery(alarmQuery(id))
  const line = file.data?.line
  const words = line === undefined ? undefined : alarmWords(line, { locale, posts })
  return (
    <Drawer
      open
      size={520}
      mask={false}
      onClose={() => {
        // The Escape that closes a formula note is not meant for the drawer under it.
        if (document.querySelector('dialog[open]') === null) onClose()
      }}
      title={
        line === undefined || words === undefined ? (
          t('monitoring.drawer')
        ) : (
          <>
            {words.post} · {words.signal}{' '}
            <StatusPill state={figureOfState[line.state]}>{words.state}</StatusPill>
          </>
        )
      }
      closable={{ 'aria-label': t('monitoring.close') }}
    >
      <Query query={file}>
        {(value) => <File file={value} name={words?.post ?? ''} timeZone={timeZone} />}
      </Query>
    </Drawer>
  )
}
