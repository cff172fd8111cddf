import type { QuarantineColumn } from '@guankou/contract/exports/columns.ts'
import type { QuarantineField } from '@guankou/contract/quarantine/people.ts'
import {
  quarantineSiteNames,
  quarantineStateNames,
  releaseReasonNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import type { ExportRecord } from '@guankou/db/queries/exports/exports.ts'
import {
  countEpisodesOrdered,
  type EpisodeFile,
  type EpisodeKey,
  readEpisodesOrdered,
} from '@guankou/db/queries/quarantine/episodes.ts'
import {
  insertQuarantineAccesses,
  insertSeals,
  readSealsAt,
  type StoredQuarantineAccess,
  type StoredSeal,
} from '@guankou/db/queries/quarantine/seals.ts'
import { harmlessCell } from '@guankou/domain/exports/cells.ts'
import { localDay } from '@guankou/domain/quarantine/episode.ts'
import { v7 } from 'uuid'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { ExportContext, ExportItem, SubjectOfExport } from '#src/use-cases/exports/export-subject.ts'
import { localTime } from '#src/use-cases/exports/local-time.ts'
import { phoneCell, type RowMaker, word } from '#src/use-cases/exports/row-maker.ts'
import { openStated } from '#src/use-cases/exports/stated.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { type FollowedEpisode, followEpisode, keyOfEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { openPerson, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

const fieldOfColumn: Readonly<Partial<Record<QuarantineColumn, QuarantineField>>> = {
  name: 'name',
  'document-number': 'document',
  phone: 'phone',
  address: 'address',
}

const fieldsOf = (columns: readonly string[]): QuarantineField[] =>
  columns.flatMap((column) => fieldOfColumn[column as QuarantineColumn] ?? [])

/** How it ended: for the reason it was released, or by moving on. */
const endedHow = ({ episode }: FollowedEpisode, language: RowMaker['language']): string => {
  if (episode.endReason !== undefined) return word(releaseReasonNames, episode.endReason, language)
  return episode.state === 'moved' ? word(quarantineStateNames, 'moved', language) : ''
}

type Opened = Readonly<Partial<Record<QuarantineField, string>>>

const cellOf = (
  { reference, language }: RowMaker,
  followed: FollowedEpisode,
  column: QuarantineColumn,
  person: Opened,
): string => {
  const { order, episode, contacts, file } = followed
  switch (column) {
    case 'ordered-at':
      return localTime(order.timeZone, new Date(order.orderedAtMs))
    case 'district':
      return harmlessCell(
        reference.jurisdiction(file.episode.jurisdiction)?.name[language] ??
          String(file.episode.jurisdiction),
      )
    case 'site':
      return word(quarantineSiteNames, order.site, language)
    case 'first-day':
      return localDay(order, order.orderedAtMs)
    case 'last-day':
      return episode.lastDay
    case 'quarantine-state':
      return word(quarantineStateNames, episode.state, language)
    case 'missed':
      return String(contacts.filter(({ status }) => status === 'missed').length)
    case 'ended-at':
      return episode.endedAtMs === undefined ? '' : localTime(order.timeZone, new Date(episode.endedAtMs))
    case 'ended-how':
      return endedHow(followed, language)
    case 'phone':
      return phoneCell(person.phone ?? '')
    case 'document-number':
      return harmlessCell(person.document ?? '')
    case 'name':
    case 'address':
      return harmlessCell(person[column] ?? '')
  }
}

/** The cells of one episode. @throws DayKeyDestroyedError where its person cannot be opened any more */
const episodeCells = async (
  maker: RowMaker,
  followed: FollowedEpisode,
  seals: readonly StoredSeal[],
): Promise<readonly string[]> => {
  const person = await openPerson(maker.sealer, seals)
  const { jurisdiction, kept_day: day } = followed.file.episode
  // Seals of one episode lie under one key: that none opens says that it is gone.
  if (seals.length > 0 && Object.keys(person).length === 0)
    throw new DayKeyDestroyedError({ jurisdiction, day })
  return (maker.columns as readonly QuarantineColumn[]).map((column) =>
    cellOf(maker, followed, column, person),
  )
}

const itemOf = (
  context: ExportContext,
  file: EpisodeFile,
  seals: ReadonlyMap<string, readonly StoredSeal[]>,
): ExportItem => {
  const { jurisdiction, occurred_at: occurredAt, id: screeningId, kept_day: day } = file.episode
  return {
    key: { jurisdiction, occurredAt, screeningId, seat: 0 },
    day,
    cells: (maker) =>
      episodeCells(
        maker,
        followEpisode(context.reference.current(), file, context.now()),
        seals.get(screeningId) ?? [],
      ),
  }
}

const accessOf = (
  record: ExportRecord,
  key: EpisodeKey,
  { id, at }: { readonly id: string; readonly at: Date },
): StoredQuarantineAccess => ({
  jurisdiction: key.jurisdiction,
  occurred_at: key.occurredAt,
  quarantine_id: key.id,
  id,
  at,
  account_id: record.requested_by,
  role: record.requester_role,
  fields: fieldsOf(record.columns),
  export_id: record.id,
})

/** Everyone in the list reads it on the page of their link; a list that names nobody is no look at anybody there. */
const seen: SubjectOfExport['seen'] = async (context, record, items) => {
  if (fieldsOf(record.columns).length === 0) return async () => {}
  const { sealer } = context.identity
  const reason = (await openStated(sealer, record))?.reason ?? null
  const at = new Date(context.now())
  const accesses: StoredQuarantineAccess[] = []
  const reasons: StoredSeal[] = []
  for (const { key: place, day } of items) {
    const { jurisdiction, occurredAt, screeningId } = place
    const key = { jurisdiction, occurredAt, id: screeningId }
    const id = v7({ msecs: at.getTime() })
    accesses.push(accessOf(record, key, { id, at }))
    const sealed =
      reason === null ? null : await unlessDestroyed(sealIn(sealer, { key, keptDay: day }, id, reason))
    if (sealed !== null) reasons.push(sealed)
  }
  return async (transaction) => {
    await insertQuarantineAccesses(transaction, accesses)
    await insertSeals(transaction, reasons)
  }
}

/** Episodes of quarantine, with how they ended. */
export const quarantineSubject: SubjectOfExport = {
  count: countEpisodesOrdered,
  read: async (transaction, { context, record, window, after, most }) => {
    const from = after === null ? null : { at: after.at, id: after.screeningId }
    const files = await readEpisodesOrdered(transaction, window, { after: from, most })
    const keys = files.map(({ episode }) => keyOfEpisode(episode))
    const sealed = await readSealsAt(transaction, keys, fieldsOf(record.columns))
    const seals = Map.groupBy(sealed, (seal) => seal.quarantine_id)
    return files.map((file) => itemOf(context, file, seals))
  },
  seen,
}
