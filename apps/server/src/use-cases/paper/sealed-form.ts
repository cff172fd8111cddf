import type { PaperForm } from '@guankou/contract/paper/form.ts'
import type { StoredForm } from '@guankou/db/queries/paper/forms.ts'
import type { ServerContext } from '#src/context.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

const formPlace = (id: string): string => `paper-form|${id}`

type Owner = Pick<StoredForm, 'jurisdiction' | 'day' | 'id'>

/** A form in one envelope; null where the key of its day is destroyed. */
export const sealForm = (
  { identity: { sealer } }: Pick<ServerContext, 'identity'>,
  owner: Owner,
  form: PaperForm,
): Promise<Buffer | null> =>
  unlessDestroyed(sealer.sealText(owner, formPlace(owner.id), JSON.stringify(form)))

/** What was keyed; null once it was recorded or taken back, and where the key of its day is destroyed. */
export const openForm = async (
  { identity: { sealer } }: Pick<ServerContext, 'identity'>,
  stored: Owner & Pick<StoredForm, 'form_sealed'>,
): Promise<PaperForm | null> => {
  if (stored.form_sealed === null) return null
  const text = await unlessDestroyed(sealer.open(stored, formPlace(stored.id), stored.form_sealed))
  // Sealed by us, of a shape that was checked on the way in.
  return text === null ? null : (JSON.parse(text) as PaperForm)
}
