import type { PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import {
  paperProblemNames,
  paperStateNames,
  type TakeBackGround,
  takeBackGroundNames,
  takeBackGrounds,
} from '@guankou/contract/paper/form.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { likenessText } from '#src/paper/likeness-text.ts'
import { useRecordForms, useTakeBackForm } from '#src/paper/queries.ts'
import { stateOfDisposition } from '#src/situation/EventsCard.tsx'

type Props = {
  readonly jurisdiction: number
  readonly forms: readonly PaperFormView[]
  readonly timeZone: string
  /** The form that is keyed now. */
  readonly openId: string | undefined
  readonly onMend: (form: PaperFormView) => void
}

/** Whole, and nothing near that it may be. */
const isWhole = ({ state, problems }: PaperFormView): boolean => state === 'kept' && problems.length === 0
const looksLike = ({ alike }: PaperFormView): boolean => alike.some(({ near }) => near)

const stateOf = (form: PaperFormView): FigureState => {
  if (form.state === 'rejected') return 'act'
  if (form.recorded !== null) return stateOfDisposition[form.recorded.disposition]
  if (form.state !== 'kept') return 'well'
  return form.problems.length > 0 || looksLike(form) ? 'look' : 'info'
}

/** What somebody has to know of a form, in words. */
const useWords = (timeZone: string) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ problems, refusal, alike, ground, recorded }: PaperFormView): readonly string[] => [
    ...(refusal === null
      ? []
      : [`${inLocale(refusal.text, locale)}${refusal.path === null ? '' : ` (${refusal.path})`}`]),
    ...problems.map(({ code, seat }) =>
      seat === 0
        ? inLocale(paperProblemNames[code], locale)
        : t('paper.ofPerson', { seat, problem: inLocale(paperProblemNames[code], locale) }),
    ),
    ...(recorded === null ? [] : [inLocale(dispositionNames[recorded.disposition], locale)]),
    ...(ground === null ? [] : [inLocale(takeBackGroundNames[ground], locale)]),
    ...alike.map((each) => likenessText(t, each, timeZone)),
  ]
}

const useColumns = (timeZone: string): readonly Column<PaperFormView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const words = useWords(timeZone)
  return [
    { key: 'serial', title: t('paper.serial'), text: ({ serial }) => serial ?? '—' },
    {
      key: 'time',
      title: t('paper.time'),
      text: ({ form, recorded }) =>
        form?.time ?? (recorded === null ? '—' : formatClockMinute(recorded.at, timeZone)),
    },
    {
      key: 'vehicle',
      title: t('paper.plate'),
      text: ({ form }) =>
        form === null
          ? '—'
          : `${inLocale(conveyanceKindNames[form.conveyance.kind], locale)} ${form.conveyance.plateMasked ?? form.conveyance.serviceMasked ?? ''}`,
    },
    {
      key: 'people',
      title: t('paper.people'),
      text: ({ form }) =>
        form === null
          ? '—'
          : form.people
              .map(
                ({ covered }) => covered.find(({ field }) => field === 'name')?.masked ?? t('paper.noName'),
              )
              .join('、'),
    },
    { key: 'by', title: t('paper.keyedBy'), text: ({ keyedBy }) => inLocale(keyedBy, locale) },
    { key: 'state', title: t('paper.state'), text: ({ state }) => inLocale(paperStateNames[state], locale) },
    { key: 'words', title: t('paper.note'), text: (form) => words(form).join('；') },
    { key: 'acts', title: t('paper.acts'), text: () => '' },
  ]
}

const TakeBack = ({
  jurisdiction,
  form,
}: {
  readonly jurisdiction: number
  readonly form: PaperFormView
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const takeBack = useTakeBackForm()
  const failureText = useFailureText()
  return (
    <>
      <select
        aria-label={t('paper.takeBackOf', { serial: form.serial ?? '—' })}
        value=""
        disabled={takeBack.isPending}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '') takeBack.mutate({ jurisdiction, id: form.id, ground: value as TakeBackGround })
        }}
      >
        <option value="">{t('paper.takeBack')}</option>
        {takeBackGrounds.map((ground) => (
          <option key={ground} value={ground}>
            {inLocale(takeBackGroundNames[ground], locale)}
          </option>
        ))}
      </select>
      {takeBack.isError ? failureText(takeBack.error).text : null}
    </>
  )
}

const Acts = ({
  jurisdiction,
  form,
  openId,
  onMend,
}: Omit<Props, 'forms' | 'timeZone'> & { readonly form: PaperFormView }) => {
  const { t } = useTranslation()
  const record = useRecordForms()
  if (form.state !== 'kept' && form.state !== 'rejected') return null
  const { id, revision } = form
  return (
    <span className="row-buttons">
      <button type="button" className="quiet-button" disabled={openId === id} onClick={() => onMend(form)}>
        {t('paper.mend')}
      </button>
      {isWhole(form) && looksLike(form) ? (
        <button
          type="button"
          className="quiet-button"
          disabled={record.isPending}
          onClick={() => record.mutate({ jurisdiction, forms: [{ id, revision, isAnother: true }] })}
        >
          {t('paper.isAnother')}
        </button>
      ) : null}
      <TakeBack jurisdiction={jurisdiction} form={form} />
    </span>
  )
}

const RecordAll = ({ jurisdiction, forms, openId }: Pick<Props, 'jurisdiction' | 'forms' | 'openId'>) => {
  const { t } = useTranslation()
  const record = useRecordForms()
  const failureText = useFailureText()
  const ready = forms.filter((form) => isWhole(form) && !looksLike(form) && form.id !== openId)
  const count = (outcome: string): number =>
    (record.data ?? []).filter((each) => each.outcome === outcome).length
  return (
    <>
      <span role="status">
        {record.isSuccess
          ? t('paper.outcome', {
              recorded: count('recorded'),
              rejected: count('rejected'),
              waits: count('waits') + count('changed'),
            })
          : null}
        {record.isError ? failureText(record.error).text : null}
      </span>
      <button
        type="button"
        className="primary-button"
        disabled={ready.length === 0 || record.isPending}
        title={ready.length === 0 ? t('paper.recordNone') : undefined}
        onClick={() =>
          record.mutate({ jurisdiction, forms: ready.map(({ id, revision }) => ({ id, revision })) })
        }
      >
        {t('paper.record', { count: ready.length })}
      </button>
    </>
  )
}

/** What is keyed of a post and day: what waits and why, what was rejected, recorded and taken back. */
export const FormsCard = ({ jurisdiction, forms, timeZone, openId, onMend }: Props) => {
  const { t } = useTranslation()
  const columns = useColumns(timeZone)
  const order = { rejected: 0, kept: 1, recorded: 2, 'taken-back': 3 } as const
  const rows = forms.toSorted((a, b) => order[a.state] - order[b.state] || b.keptAt.localeCompare(a.keptAt))
  return (
    <Card
      title={t('paper.forms')}
      controls={<RecordAll jurisdiction={jurisdiction} forms={forms} openId={openId} />}
    >
      {rows.length === 0 ? (
        <EmptyState title={t('paper.none')}>{t('paper.noneText')}</EmptyState>
      ) : (
        <div className="table-scroll">
          <DataTable
            label={t('paper.forms')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            draw={(column, form) => {
              if (column.key === 'state')
                return <StatusPill state={stateOf(form)}>{column.text(form)}</StatusPill>
              return column.key === 'acts' ? <Acts {...{ jurisdiction, form, openId, onMend }} /> : undefined
            }}
          />
        </div>
      )}
    </Card>
  )
}
