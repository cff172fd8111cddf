import { knownPrefixes } from '#src/identity-numbers/known-prefixes.generated.ts'

const endingsByFirstFour: ReadonlyMap<string, string> = new Map(knownPrefixes)

/**
 * Whether six digits are a division code that was ever in force, as the first six digits of a resident identity number
 * or of a residence permit: abolished codes stay valid in old documents.
 *
 * It answers yes or no and nothing else. The prefix tells where a person was first registered, never where they were, so
 * nobody is given an origin by it. Data as of the input packages: a code missing here is a reason to ask the person to
 * check the number, not to refuse it.
 */
export function isKnownDivisionPrefix(sixDigits: string): boolean {
  if (!/^\d{6}$/.test(sixDigits)) return false
  const endings = endingsByFirstFour.get(sixDigits.slice(0, 4)) ?? ''
  const wanted = sixDigits.slice(4)
  for (let index = 0; index < endings.length; index += 2) {
    if (endings.startsWith(wanted, index)) return true
  }
  return false
}
