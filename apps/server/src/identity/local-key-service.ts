import type { KeyObject } from 'node:crypto'
import { type SealAlgorithm, seal, unseal } from '#src/identity/envelope.ts'
import { type KeyService, KeyServiceError } from '#src/identity/key-service.ts'
import type { MasterGenerations } from '#src/identity/master-generations.ts'
import { deriveKey } from '#src/identity/master-key.ts'

/** Name of a generation as the database keeps it. */
export const localGeneration = (number: number): string => `local:${number}`

const numberOf = (generation: string): number => {
  const match = /^local:(\d+)$/.exec(generation)
  if (match === null)
    throw new KeyServiceError(`${generation} is not a generation of this installation’s own keys`)
  return Number(match[1])
}

/**
 * The key service of an installation that holds its master key itself, in a file or in the environment.
 * @param algorithm  seals what is wrapped from now on; what another one wrapped still opens
 */
export const createLocalKeyService = (
  masters: MasterGenerations,
  algorithm: SealAlgorithm = 'aes-256-gcm',
): KeyService => {
  const wrappingKeys = new Map<number, KeyObject>()
  const wrappingKey = async (number: number): Promise<KeyObject> => {
    const all = await masters.read()
    const master = all.get(number)
    if (master === undefined) {
      wrappingKeys.delete(number)
      throw new KeyServiceError(
        `generation ${number} of the master key is not here: it was retired or is lost`,
      )
    }
    const known = wrappingKeys.get(number)
    if (known !== undefined) return known
    const key = deriveKey(master, 'wrap-data-keys')
    wrappingKeys.set(number, key)
    return key
  }
  const newest = async (): Promise<number> => Math.max(...(await masters.read()).keys())
  return {
    name: masters.origin,
    keyId: async () => localGeneration(await newest()),
    generations: async () => [...(await masters.read()).keys()].sort((a, b) => a - b).map(localGeneration),
    wrap: async (key, place) => {
      const number = await newest()
      return {
        generation: localGeneration(number),
        wrapped: seal(await wrappingKey(number), place, key, algorithm),
      }
    },
    unwrap: async ({ generation, wrapped }, place) =>
      unseal(await wrappingKey(numberOf(generation)), place, wrapped),
    rotate: async () => localGeneration(await masters.add()),
    retire: async (generation) => {
      const number = numberOf(generation)
      if (number === (await newest())) throw new KeyServiceError(`${generation} is in use: rotate first`)
      await masters.remove(number)
      wrappingKeys.delete(number)
    },
  }
}
