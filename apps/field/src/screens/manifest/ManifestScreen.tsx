import type { TableRow } from '@guankou/domain/manifest/csv-table.ts'
import { headOf, type ManifestPerson, readManifest } from '@guankou/domain/manifest/read-manifest.ts'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#src/lane/draft.ts'
import { homeOrigin, rulesInForce } from '#src/lane/reference.ts'
import { draftsOfList, isTaken } from '#src/manifest/list-drafts.ts'
import { type ListRead, readListFile } from '#src/manifest/read-list-file.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from '#src/screens/chrome/PageHead.tsx'
import { conveyanceText } from '#src/screens/lane/conveyance-text.ts'
import { usePack } from '#src/screens/use-pack.ts'
import { type Columns, ColumnsForm } from './ColumnsForm.tsx'
import { RowsSeen } from './RowsSeen.tsx'
import '#src/screens/seats/seats.css'

type Opened = { readonly rows: readonly TableRow[]; readonly format: string }

const ChooseFile = ({ onRead }: { readonly onRead: (read: ListRead) => void }) => {
  const { t } = useTranslation()
  return (
    <label className="field manifest-file">
      <span>{t('manifest.choose')}</span>
      <input
        type="file"
        accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={async (event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) onRead(readListFile(new Uint8Array(await file.arrayBuffer())))
        }}
      />
    </label>
  )
}

/** The columns as the heads say, until a person says otherwise. */
const useColumns = (rows: readonly TableRow[]) => {
  const [chosen, setChosen] = useState<Columns>()
  const head = headOf(rows)
  return [chosen ?? head ?? { at: 0, columns: new Map() }, setChosen] as const
}

type ListProps = {
  readonly opened: Opened
  readonly draft: Draft
  readonly day: string
  readonly onTake: (people: readonly ManifestPerson[]) => void
}

const List = ({ opened, draft, day, onTake }: ListProps) => {
  const { t } = useTranslation()
  const [columns, setColumns] = useColumns(opened.rows)
  const ask = { seatsPerRow: draft.seatsPerRow, today: day }
  const read = readManifest(opened.rows, ask, columns)
  const people = read.is === 'read' ? read.people : []
  const taken = people.filter(isTaken)
  return (
    <>
      <p className="quiet">{t('manifest.format', { format: opened.format, count: opened.rows.length })}</p>
      <ColumnsForm rows={opened.rows} columns={columns} onChange={setColumns} />
      {read.is === 'read' ? <RowsSeen people={people} /> : <p role="alert">{t(`manifest.${read.is}`)}</p>}
      <div className="person-done">
        <button
          type="button"
          className="button button-main"
          disabled={taken.length === 0}
          onClick={() => onTake(people)}
        >
          {t('manifest.take', { count: taken.length })}
        </button>
      </div>
    </>
  )
}

const Manifest = ({
  draft,
  originCode,
  day,
}: Omit<ListProps, 'opened' | 'onTake'> & { originCode: number }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const navigate = useNavigate()
  const [read, setRead] = useState<ListRead>()
  // A second tap before the lane is there would put the whole list aside once more.
  const isTaking = useRef(false)
  const take = async (people: readonly ManifestPerson[]): Promise<void> => {
    if (isTaking.current) return
    isTaking.current = true
    await lane.takeList(draftsOfList(draft, people, { originCode, nowMs: Date.now() }))
    await navigate({ to: '/lane' })
  }
  return (
    <>
      <PageHead title={t('manifest.title')} />
      <main className="page manifest" id="content">
        <p>
          <b>{conveyanceText(t, draft)}</b> {draft.service?.departsOn ?? ''}
        </p>
        <p className="quiet">{t('manifest.lead')}</p>
        <ChooseFile onRead={setRead} />
        {read === undefined ? null : read.is === 'rows' ? (
          <List
            key={read.rows.length}
            opened={read}
            draft={draft}
            day={day}
            onTake={(people) => void take(people)}
          />
        ) : (
          <p className="notice notice-act" role="alert">
            {t(`manifest.file.${read.is}`)}
          </p>
        )}
      </main>
    </>
  )
}

/** A list of passengers from a file on the phone, to be worked through place by place; without a network. */
export const ManifestScreen = () => {
  const { runtime, lane } = useField()
  const place = useStore(runtime.place)
  const draft = useStore(lane.draft)
  const { held } = usePack()
  const post = held?.content.posts.find((each) => each.id === place?.postId)
  if (held === undefined || post === undefined || draft === undefined) return <Navigate to="/lane" />
  const rules = rulesInForce(held.content, post, Date.now())
  if (rules === undefined) return <Navigate to="/lane" />
  return <Manifest draft={draft} originCode={homeOrigin(post)} day={rules.day} />
}
