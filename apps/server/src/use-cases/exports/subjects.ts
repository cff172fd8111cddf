import type { ExportSubject } from '@guankou/contract/exports/columns.ts'
import { callSubject } from '#src/use-cases/exports/call-subject.ts'
import type { SubjectOfExport } from '#src/use-cases/exports/export-subject.ts'
import { quarantineSubject } from '#src/use-cases/exports/quarantine-subject.ts'
import { screeningSubject } from '#src/use-cases/exports/screening-subject.ts'

export const subjects: Readonly<Record<ExportSubject, SubjectOfExport>> = {
  screenings: screeningSubject,
  calls: callSubject,
  quarantine: quarantineSubject,
}
