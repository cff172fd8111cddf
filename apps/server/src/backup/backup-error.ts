import type { Bilingual } from '@guankou/contract/primitives.ts'

/** Why a backup cannot be made, read or restored, in a sentence for the person at the terminal. */
export class BackupError extends Error {
  readonly text: Bilingual
  /** `input`: what was given is wrong or damaged. `place`: folder, disk or database does not allow it. */
  readonly blames: 'input' | 'place'
  constructor(blames: 'input' | 'place', text: Bilingual, options?: ErrorOptions) {
    super(text.en, options)
    this.name = 'BackupError'
    this.text = text
    this.blames = blames
  }
}

/** A part that is not as it was written. */
export const damagedPart = (what: string, why: string, cause?: unknown): BackupError =>
  new BackupError(
    'input',
    {
      en: `The backup is damaged: ${what} ${why}. Nothing of it may be trusted; use another backup.`,
      zh: `备份已损坏：${what}，请使用其他备份。`,
    },
    { cause },
  )
