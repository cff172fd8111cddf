import { describe, expect, it } from 'vitest'
import { allDivisions } from '#src/divisions/divisions.ts'
import { isKnownDivisionPrefix } from '#src/identity-numbers/division-prefix.ts'

describe('isKnownDivisionPrefix', () => {
  it.each(['440402', '110101', '429004', '810000', '820000', '830000'])('knows %s', (prefix) => {
    expect(isKnownDivisionPrefix(prefix)).toBe(true)
  })

  it.each(['442725', '110103', '371202', '512223', '341402', '542421'])('knows abolished %s', (prefix) => {
    expect(isKnownDivisionPrefix(prefix)).toBe(true)
  })

  it.each(['', '44040', '4404021', '000000', '999999', '440498', '44040a', ' 440402', '４４０４０２'])(
    'does not know %j',
    (prefix) => {
      expect(isKnownDivisionPrefix(prefix)).toBe(false)
    },
  )

  it('compares whole pairs of digits', () => {
    // 440402 and 440403 are stored side by side as 0203; the pair 20 between them is no code.
    expect(isKnownDivisionPrefix('440420')).toBe(false)
  })

  it('knows every division of the pack', () => {
    for (const { code } of allDivisions()) expect(isKnownDivisionPrefix(String(code))).toBe(true)
  })
})
