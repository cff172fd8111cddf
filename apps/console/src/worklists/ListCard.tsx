import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listRejectedRows, WorklistImport, WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import { rejectReasonTexts, worklistFieldNames } from '@guankou/contract/worklists/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Query } from '#src/layout/Query.tsx'
import { textOfCode, useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import {
  type Brought,
  rejectedQuery,
  useLook,
  useRejectedFile,
  useSeparate,
  useUndoList,
} from '#src/worklists/queries.ts'

/** How far a file has come: its counts, or what keeps it from having any. */
const ImportCounts = ({ file, isRegister }: Pick<LineProps, 'file' | 'isRegister'>) => {
  const { t } = useTranslation()
  const { state, progress, taken, rejected, linked, passedOver, households, rowsRead, failure } = file
  if (state === 'reading') return <progress value={progress} aria-label={t('worklists.reading')} />
  if (state === 'receiving') return t('worklists.brokenOff')
  if (state === 'received') return t('worklists.notConfirmed')
  // Nothing was read of a file that was refused as a whole.
  if (failure !== null && rowsRead === 0) return null
  return t(isRegister ? 'worklists.countsOfRegister' : 'worklists.counts', {
    taken,
    rejected,
    linked,
    passedOver,
    households,
  })
}

type LineProps = {
  readonly file: WorklistImport
  readonly isRegister: boolean
  /** Undefined for whoever only watches. */
  readonly onGoOn: ((brought: Brought) => void) | undefined
}

/** The way back to the columns of a file that was sent and then left. */
const GoOn = ({
  file,
  onGoOn,
}: {
  readonly file: WorklistImport
  readonly onGoOn: (it: Brought) => void
}) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const look = useLook()
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        disabled={look.isPending}
        onClick={() => look.mutate({ importId: file.id }, { onSuccess: onGoOn })}
      >
        {t('worklists.goOn')}
      </button>
      {look.isError ? ` ${failureText(look.error).text}` : null}
    </>
  )
}

const ImportLine = ({ file, isRegister, onGoOn }: LineProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const failure = file.failure === null ? null : (textOfCode(file.failure, locale) ?? file.failure)
  const isBroken = failure !== null && file.rowsRead > 0
  return (
    <li>
      <strong>{file.mends ? t('worklists.mendedFile') : t('worklists.firstFile')}</strong>{' '}
      {formatInstant(file.uploadedAt, timeZone).slice(0, 16)}{' '}
      <ImportCounts file={file} isRegister={isRegister} />
      {failure === null ? null : ` ${failure}`}
      {isBroken ? ` ${t('worklists.brokeOffAt', { rows: file.rowsRead })}` : null}{' '}
      {file.state === 'received' && onGoOn !== undefined ? <GoOn file={file} onGoOn={onGoOn} /> : null}
      <br />
      <span className="worklist-hash">SHA-256 {file.sha256}</span>
    </li>
  )
}

type RejectedRow = OutputOf<typeof listRejectedRows>['rows'][number]

const Rejected = ({ list }: { readonly list: WorklistLine }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const rejected = useQuery(rejectedQuery(list.id))
  const columns: readonly Column<RejectedRow>[] = [
    { key: 'row', title: t('worklists.row'), numeric: true, text: ({ row }) => String(row) },
    {
      key: 'why',
      title: t('worklists.why'),
      text: ({ reasons }) =>
        reasons
          .map(
            ({ field, why }) =>
              `${inLocale(worklistFieldNames[field], locale)}: ${inLocale(rejectReasonTexts[why], locale)}`,
          )
          .join('; '),
    },
  ]
  return (
    <Query query={rejected}>
      {({ rows, total }) => (
        <div className="worklist-rejected">
          {total > rows.length ? <p>{t('worklists.firstRejected', { shown: rows.length, total })}</p> : null}
          <DataTable
            label={t('worklists.rejectedRows')}
            columns={columns}
            rows={rows}
            rowKey={({ row }) => row}
          />
        </div>
      )}
    </Query>
  )
}

const ListActs = ({ list, onMend, onClose }: Omit<Props, 'mayWork' | 'onGoOn'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const undo = useUndoList()
  const separate = useSeparate()
  const file = useRejectedFile()
  const failed = [undo, separate, file].find(({ isError }) => isError)
  const acts = [
    {
      text: t('worklists.download'),
      isIdle: list.rejected === 0 || file.isPending,
      act: () => file.mutate({ listId: list.id, language: locale }),
    },
    { text: t('worklists.bringMendedShort'), isIdle: list.rejected === 0, act: onMend },
  ]
  const actsOnCalls = [
    {
      text: t('worklists.separate'),
      isIdle: list.linked === 0 || separate.isPending,
      act: () => separate.mutate(list.id),
    },
    {
      text: t('worklists.undo'),
      isIdle: list.called > 0 || undo.isPending,
      act: () => undo.mutate(list.id, { onSuccess: onClose }),
    },
  ]
  const offered = list.kind === 'household-register' ? acts : [...acts, ...actsOnCalls]
  return (
    <>
      <div className="plain-buttons">
        {offered.map(({ text, isIdle, act }) => (
          <button key={text} type="button" className="quiet-button" disabled={isIdle} onClick={act}>
            {text}
          </button>
        ))}
      </div>
      <p role="status">{failed === undefined ? null : failureText(failed.error).text}</p>
    </>
  )
}

type Props = {
  readonly list: WorklistLine
  readonly mayWork: boolean
  readonly onMend: () => void
  readonly onGoOn: (brought: Brought) => void
  readonly onClose: () => void
}

/** One list: its files, what was rejected and why, and what can be done with it. */
export const ListCard = ({ list, mayWork, onMend, onGoOn, onClose }: Props) => {
  const { t } = useTranslation()
  const isRegister = list.kind === 'household-register'
  return (
    <Card
      title={list.title}
      controls={
        <button type="button" className="quiet-button" onClick={onClose}>
          {t('worklists.close')}
        </button>
      }
    >
      <ul className="worklist-files">
        {list.imports.map((each) => (
          <ImportLine
            key={each.id}
            file={each}
            isRegister={isRegister}
            onGoOn={mayWork ? onGoOn : undefined}
          />
        ))}
      </ul>
      {list.kind === 'rescreen' ? <p>{t('worklists.madeByRules')}</p> : null}
      {isRegister ? <p>{t('worklists.registerStands')}</p> : null}
      {list.rejected > 0 ? <Rejected list={list} /> : null}
      {list.rejected === 0 && list.imports.some(({ state }) => state === 'done') ? (
        <p>{t('worklists.noneRejected')}</p>
      ) : null}
      {mayWork && list.kind !== 'rescreen' ? (
        <ListActs list={list} onMend={onMend} onClose={onClose} />
      ) : null}
    </Card>
  )
}
