import type { AuditEntryView, auditEntries } from '@guankou/contract/audit/endpoints.ts'
import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type EntryPlace,
  type FoundEntry,
  SearchTooWideError,
  searchEntries,
} from '@guankou/db/queries/audit/search-entries.ts'
import { readChainStates } from '@guankou/db/queries/audit/verifications.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { instantMs, isCivilDate } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'

const usualPage = 100

type Query = QueryOf<typeof auditEntries>

const cursorOf = ({ at, jurisdiction, seq, position }: EntryPlace): string =>
  [at.toISOString(), jurisdiction, seq, position].join(',')

const placeIn = (text: string): EntryPlace | undefined => {
  const [instant = '', ...numbers] = text.split(',')
  const [atMs, [jurisdiction, seq, position]] = [instantMs(instant), numbers.map(Number)]
  if (atMs === undefined || numbers.length !== 3) return undefined
  if (jurisdiction === undefined || seq === undefined || position === undefined) return undefined
  if (![jurisdiction, seq, position].every(Number.isSafeInteger)) return undefined
  return { at: new Date(atMs), jurisdiction, seq, position }
}

const viewOf = ({ at, accountId, login, titleZh, titleEn, ...entry }: FoundEntry): AuditEntryView => ({
  jurisdiction: entry.jurisdiction,
  seq: entry.seq,
  position: entry.position,
  at: at.toISOString(),
  account:
    accountId === null
      ? null
      : {
          id: accountId,
          login: login ?? accountId,
          title: { zh: titleZh ?? accountId, en: titleEn ?? accountId },
        },
  deviceId: entry.deviceId,
  action: entry.action,
  subject: entry.subject,
  outcome: entry.outcome,
  detail: entry.detail,
})

const present = <T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>

/** Searches the audit of an area and, in the same transaction, notes in it who searched for what. */
export const searchAudit = async (
  { db, reference, now }: ServerContext,
  actor: Actor,
  query: Query,
): Promise<Result<OutputOf<typeof auditEntries>>> => {
  const { area, from, to, action, login, outcome, subject, after, limit = usualPage } = query
  if (!isCivilDate(from)) return refused('INVALID_INPUT', '/from')
  if (!isCivilDate(to) || to < from) return refused('INVALID_INPUT', '/to')
  const place = after === undefined ? undefined : placeIn(after)
  if (after !== undefined && place === undefined) return refused('INVALID_INPUT', '/after')
  const { jurisdictions, installation } = reference.current()
  const calendar = createAuditCalendar(jurisdictions, installation?.cityCode)
  try {
    return await inArea(db, actor.areaCode, async (tx) => {
      const accountId = login === undefined ? undefined : (await findAccountByLogin(tx, login))?.id
      const chains = (await readChainStates(tx)).filter((chain) => liesIn(chain.jurisdiction, area))
      const isNobody = login !== undefined && accountId === undefined
      const found = isNobody
        ? []
        : await searchEntries(tx, {
            jurisdictions: chains.map(({ jurisdiction }) => jurisdiction),
            from: calendar.startOfDay(area, from),
            until: calendar.endOfDay(area, to),
            ...present({ action, accountId, outcome, subject, after: place }),
            limit,
          })
      const entry = {
        accountId: actor.accountId,
        deviceId: actor.deviceId,
        action: 'audit.entries',
        subject: String(area),
        outcome: 'done',
        detail: `${from} to ${to}, ${found.length} entries`,
      }
      await recordAudit(executeIn(tx), actor.areaCode, [entry], now())
      const last = found.length < limit ? undefined : found.at(-1)
      return done({ entries: found.map(viewOf), next: last === undefined ? null : cursorOf(last) })
    })
  } catch (error) {
    if (error instanceof SearchTooWideError) return refused('AUDIT_SEARCH_TOO_WIDE')
    throw error
  }
}
