import { pairingFieldRoles } from '@guankou/contract/pairing/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { overrideRoles } from '@guankou/contract/screening/override.ts'
import type { EntryHead, EntryStateName } from '@guankou/sync/outbox/entry.ts'
import { isWaiting } from '@guankou/sync/outbox/entry.ts'
import { Link, Navigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredSubject } from '#src/pairing/offered-subject.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import type { VehicleLine } from '#src/storage/vehicle-store.ts'
import { ChooseOne } from './chrome/ChoiceChips.tsx'
import { PageHead } from './chrome/PageHead.tsx'
import { RecordRow } from './RecordRow.tsx'
import { syncText } from './sync-text.ts'
import { useUnnamed } from './use-unnamed.ts'

type Filter = 'waiting' | Exclude<EntryStateName, 'queued' | 'sending'>

const filters: readonly Filter[] = ['waiting', 'rejected', 'unreadable', 'accepted', 'withdrawn']
const shown = 100

const isIn = (head: EntryHead, filter: Filter): boolean =>
  filter === 'waiting' ? isWaiting(head) : head.state.is === filter

type Loaded = {
  readonly heads: readonly EntryHead[]
  readonly lines: ReadonlyMap<string, VehicleLine>
}

/** Reads again whenever the outbox has changed. */
const useRecords = (filter: Filter): Loaded => {
  const { runtime } = useField()
  const view = useStore(runtime.sync.view)
  const [loaded, setLoaded] = useState<Loaded>({ heads: [], lines: new Map() })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view changes whenever the outbox does
  useEffect(() => {
    let current = true
    const load = async (): Promise<void> => {
      const closed = filter === 'accepted' || filter === 'withdrawn'
      const all = closed
        ? await runtime.outbox.readClosed(shown)
        : (await runtime.outbox.readOpen()).toReversed()
      const heads = all.filter((head) => isIn(head, filter)).slice(0, shown)
      const lines = await runtime.vehicles.readLines(heads.map((head) => head.id))
      if (current) setLoaded({ heads, lines })
    }
    void load()
    return () => {
      current = false
    }
  }, [filter, runtime, view])
  return loaded
}

const useCounts = (): Partial<Record<Filter, number>> => {
  const { runtime } = useField()
  const { counts } = useStore(runtime.sync.view)
  const others = [...counts.waitingForOthers.values()].reduce((sum, each) => sum + each.count, 0)
  return {
    waiting: counts.waiting + others,
    rejected: counts.rejected,
    unreadable: counts.unreadable,
  }
}

/** Vehicles with somebody to be asked again stand above everything else. */
const Unnamed = () => {
  const { t } = useTranslation()
  const { runtime, lane } = useField()
  const heads = useUnnamed()
  const [lines, setLines] = useState<ReadonlyMap<string, VehicleLine>>(new Map())
  useEffect(() => {
    lane.unnamedSeen.set(new Set(heads.map(({ id }) => id)))
    void runtime.vehicles.readLines(heads.map(({ id }) => id)).then(setLines)
  }, [heads, runtime, lane])
  if (heads.length === 0) return null
  return (
    <section>
      <h2>{t('returning.unnamedTitle')}</h2>
      <ul className="rows">
        {heads.map((head) => (
          <RecordRow key={head.id} head={head} line={lines.get(head.id)} />
        ))}
      </ul>
    </section>
  )
}

const SyncLine = () => {
  const { t } = useTranslation()
  const view = useStore(useField().runtime.sync.view)
  return (
    <p className="quiet" role="status">
      {syncText(t, view)}
    </p>
  )
}

/** What else a role does from here. */
const Ways = ({ role }: { readonly role: Role }) => {
  const { t } = useTranslation()
  return (
    <>
      {overrideRoles.some((each) => each === role) ? (
        <Link to="/override" className="button">
          {t('override.title')}
        </Link>
      ) : null}
      {pairingFieldRoles.some((each) => each === role) ? (
        <Link to="/partner" className="button" onClick={() => offeredSubject.set(undefined)}>
          {t('pairing.title')}
        </Link>
      ) : null}
    </>
  )
}

/** Everything that was recorded on this phone, by what became of it. */
export const RecordsScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const profile = useStore(runtime.profile)
  const counts = useCounts()
  const [filter, setFilter] = useState<Filter>((counts.rejected ?? 0) > 0 ? 'rejected' : 'waiting')
  const { heads, lines } = useRecords(filter)
  if (profile === undefined) return <Navigate to="/sign-in" />
  const ownWaiting = heads.filter((head) => head.state.is === 'queued').map((head) => head.id)
  return (
    <>
      <PageHead title={t('records.title')} />
      <main className="page" id="content">
        <SyncLine />
        <Unnamed />
        <ChooseOne
          legend={t('records.filter')}
          chosen={filter}
          onChoose={setFilter}
          choices={filters.map((value) => {
            const count = counts[value]
            return {
              value,
              label: count === undefined ? t(`records.${value}`) : `${t(`records.${value}`)} ${count}`,
            }
          })}
        />
        <Ways role={profile.role} />
        {filter === 'waiting' && ownWaiting.length > 0 ? (
          <button type="button" className="button" onClick={() => void runtime.sendAgain(ownWaiting)}>
            {t('records.sendNow')}
          </button>
        ) : null}
        {heads.length === 0 ? <p className="empty">{t('records.none')}</p> : null}
        <ul className="rows">
          {heads.map((head) => (
            <RecordRow key={head.id} head={head} line={lines.get(head.id)} />
          ))}
        </ul>
        {heads.length === shown ? <p className="quiet">{t('records.more', { n: shown })}</p> : null}
      </main>
    </>
  )
}
