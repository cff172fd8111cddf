import { pageMinutes } from '@guankou/contract/subject-access/endpoints.ts'
import type { PersonKey } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import {
  endSubjectSession,
  findSubjectSession,
  insertSubjectSession,
  readOpenings,
} from '@guankou/db/queries/subject-access/sessions.ts'
import type { ServerContext } from '#src/context.ts'
import { newToken, tokenDigest } from '#src/use-cases/access/tokens.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

type Parts = Pick<ServerContext, 'db' | 'now'>

const openingsShown = 50

/** Nobody with an account, in the area of the record that was touched. */
export const personIn = (jurisdiction: number) => ({
  areaCode: jurisdiction,
  accountId: null,
  deviceId: null,
})

const detailOf = ({ seat }: PersonKey): string => `seat ${seat}`

/** Opens a page for a person: a pass that ends by itself, kept as its digest, and the audit of it as one. */
export const openSubjectSession = async (
  { db, now }: Parts,
  person: PersonKey,
): Promise<{ readonly pass: string; readonly closesAt: Date }> => {
  const pass = newToken()
  const openedAt = new Date(now())
  const expiresAt = new Date(openedAt.getTime() + pageMinutes * 60_000)
  await db.query.transaction().execute(async (tx) => {
    const { jurisdiction, occurredAt, screeningId, seat } = person
    const session = { jurisdiction, occurredAt, screeningId, seat, openedAt, expiresAt }
    await insertSubjectSession(tx, { ...session, tokenDigest: tokenDigest(pass) })
    const act = {
      action: 'subject-access.open',
      subject: screeningId,
      outcome: 'done',
      detail: detailOf(person),
    }
    await auditIdentity(tx, personIn(jurisdiction), act, openedAt.getTime())
  })
  return { pass, closesAt: expiresAt }
}

/** Whose page a pass opens; undefined once it has ended. */
export const personOfPass = ({ db, now }: Parts, pass: string): Promise<PersonKey | undefined> =>
  findSubjectSession(db.query, tokenDigest(pass), new Date(now()))

/** Ends a pass before its time. */
export const closeSubjectSession = async ({ db, now }: Parts, pass: string): Promise<boolean> =>
  db.query.transaction().execute(async (tx) => {
    const person = await endSubjectSession(tx, tokenDigest(pass), new Date(now()))
    if (person === undefined) return false
    const act = {
      action: 'subject-access.close',
      subject: person.screeningId,
      outcome: 'done',
      detail: detailOf(person),
    }
    await auditIdentity(tx, personIn(person.jurisdiction), act, now())
    return true
  })

/** When the page of a person was opened with the code, newest first. */
export const openingsOf = async ({ db }: Parts, person: PersonKey): Promise<readonly string[]> =>
  (await readOpenings(db.query, person, openingsShown)).map((at) => at.toISOString())
