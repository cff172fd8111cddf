import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { buildPage, recordsOf } from '#src/use-cases/subject-access/build-page.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'
import { personIn, personOfPass } from '#src/use-cases/subject-access/subject-session.ts'

/** The page that a pass opens, audited before it is shown. */
export const readPage = async (context: ServerContext, pass: string): Promise<Result<PersonPage>> => {
  const person = await personOfPass(context, pass)
  if (person === undefined) return refused('SUBJECT_PAGE_ENDED')
  const cityCode = cityOf(context)
  const found = await recordsOf(context, person, cityCode)
  if (found === undefined) return refused('SUBJECT_PAGE_ENDED')
  const act = {
    action: 'subject-access.page',
    subject: person.screeningId,
    outcome: 'done',
    detail: `seat ${person.seat}, ${found.records.length} records`,
  }
  return done(
    await buildPage(context, found, cityCode, (transaction) =>
      auditIdentity(transaction, personIn(person.jurisdiction), act, context.now()),
    ),
  )
}
