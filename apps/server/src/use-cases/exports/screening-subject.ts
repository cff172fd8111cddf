import { countExportSource, readExportSource } from '@guankou/db/queries/exports/source-rows.ts'
import { readFindingCorrections } from '@guankou/db/queries/screening/finding-corrections.ts'
import { isCorrectionOf, readCorrectionsOfAll } from '@guankou/db/queries/subject-access/corrections.ts'
import type { SubjectOfExport } from '#src/use-cases/exports/export-subject.ts'
import { fieldOfColumn, screeningCells } from '#src/use-cases/exports/screening-cells.ts'
import { seenInList } from '#src/use-cases/exports/seen-in-list.ts'

/** People who were screened. */
export const screeningSubject: SubjectOfExport = {
  count: countExportSource,
  read: async (transaction, { record, filters, window, after, most }) => {
    const people = await readExportSource(transaction, window, filters, { after, most })
    const isAsked = record.columns.includes('corrections')
    const corrections = isAsked ? await readCorrectionsOfAll(transaction, people) : []
    const findings = isAsked ? await readFindingCorrections(transaction, people) : []
    return people.map((person) => {
      const { jurisdiction, occurredAt, screeningId, seat, day } = person
      const putRight = {
        corrections: corrections.filter((correction) => isCorrectionOf(correction, person)),
        findings: findings.filter((correction) => isCorrectionOf(correction, person)),
      }
      return {
        key: { jurisdiction, occurredAt, screeningId, seat },
        day,
        cells: (maker) => screeningCells(maker, person, putRight),
      }
    })
  },
  seen: seenInList('screening', fieldOfColumn),
}
