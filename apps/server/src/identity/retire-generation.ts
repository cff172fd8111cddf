import type { Database } from '@guankou/db/database.ts'
import { countByGeneration } from '@guankou/db/queries/identity/data-keys.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { localGeneration } from '#src/identity/local-key-service.ts'
import { readSealedRoot } from '#src/identity/root-key.ts'

export type Retired =
  | { readonly is: 'retired' }
  | { readonly is: 'unknown' | 'newest' | 'root-key-unsealed' | 'root-key-needs-it' }
  | { readonly is: 'needed'; readonly keys: number }

/**
 * Ends a generation of the master key, and all before it, once nothing needs them: no data key that still opens
 * something, and not the root key. What they wrapped in old copies of the database opens never again.
 */
export const retireGeneration = async (
  db: Database,
  { keyFolder, keyService }: KeyCustody,
  generation: string,
): Promise<Retired> => {
  const generations = await keyService.generations()
  const index = generations.indexOf(generation)
  if (index < 0) return { is: 'unknown' }
  if (generation === (await keyService.keyId())) return { is: 'newest' }
  const ending = new Set(generations.slice(0, index + 1))
  const root = await readSealedRoot(keyFolder)
  // Until it is sealed by itself the root key is the first master key.
  if (root === undefined) return { is: 'root-key-unsealed' }
  if (ending.has(root.generation)) return { is: 'root-key-needs-it' }
  const needed = (await countByGeneration(db.query))
    .filter((each) => ending.has(each.generation ?? localGeneration(1)))
    .reduce((sum, each) => sum + each.keys, 0)
  if (needed > 0) return { is: 'needed', keys: needed }
  for (const each of ending) await keyService.retire(each)
  return { is: 'retired' }
}
