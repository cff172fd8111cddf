import type { ExportColumn, ExportPurpose, ExportSubject } from '@guankou/contract/exports/columns.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'
import type { ExportRequest } from '#src/exports/queries.ts'

/** A list that is being asked for. */
export type Draft = {
  readonly subject: ExportSubject
  readonly purpose: ExportPurpose | ''
  readonly reason: string
  readonly organisation: string
  readonly columns: readonly ExportColumn[]
  readonly fromDay: string
  readonly toDay: string
  readonly post: string
  readonly dispositions: readonly Disposition[]
  readonly listId: string
}

export type PartProps = { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }

export const emptyDraft = (today: string): Draft => ({
  subject: 'screenings',
  purpose: '',
  reason: '',
  organisation: '',
  columns: [],
  fromDay: today,
  toDay: today,
  post: '',
  dispositions: [],
  listId: '',
})

/** What is sent of a draft; nothing before a purpose was chosen. */
export const requestOf = (
  { purpose, post, listId, subject, ...draft }: Draft,
  language: Locale,
): ExportRequest | undefined =>
  purpose === ''
    ? undefined
    : {
        ...draft,
        subject,
        purpose,
        reason: draft.reason.trim(),
        organisation: draft.organisation.trim(),
        columns: [...draft.columns],
        dispositions: subject === 'screenings' ? [...draft.dispositions] : [],
        postIds: subject === 'screenings' && post !== '' ? [Number(post)] : [],
        listIds: subject === 'calls' && listId !== '' ? [listId] : [],
        language,
      }
