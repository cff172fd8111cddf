import { importCases as declaration } from '@guankou/contract/origin/case-reports.ts'
import { implement } from '#src/endpoint.ts'
import { importCaseFile } from '#src/use-cases/origin/import-cases.ts'

export const originImportCases = implement(declaration, ({ context, actor, body }) =>
  importCaseFile(context, actor, body),
)
