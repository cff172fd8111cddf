import { listCaseSets as declaration } from '@guankou/contract/origin/case-reports.ts'
import { implement } from '#src/endpoint.ts'
import { listCaseFiles } from '#src/use-cases/origin/import-cases.ts'

export const originCaseSets = implement(declaration, ({ context, actor, query }) =>
  listCaseFiles(context, actor, query),
)
