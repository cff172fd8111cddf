import type { WorklistField } from '@guankou/contract/worklists/vocabulary.ts'
import { maskField } from '#src/identity/mask.ts'

/**
 * A value as an example by which a column is recognised: dates as they are, since their order is asked about, everything
 * else covered.
 * @example coverExample('phone', '13812345678') // '138****5678'
 * @example coverExample(null, '珠海市香洲区') // '珠**区'
 */
export const coverExample = (field: WorklistField | null, text: string): string => {
  const short = [...text].slice(0, 24).join('')
  if (field === 'arrived-on' || field === 'left-on') return short
  if (field === 'name' || field === 'phone' || field === 'document' || field === 'plate')
    return maskField(field, short)
  const letters = [...short]
  return letters.length <= 2 ? '*'.repeat(letters.length) : `${letters[0]}**${letters.at(-1)}`
}
