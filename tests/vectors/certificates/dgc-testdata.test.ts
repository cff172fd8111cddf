import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { verifyTestdata } from '../../../apps/server/src/cli/commands/certificates/verify-testdata.ts'

/** Where a copy of the test data lies beside a checkout; it is not part of this repository. */
const folder =
  process.env.GUANKOU_DGC_TESTDATA ??
  new URL('../../../../shared/data/dgc-testdata', import.meta.url).pathname

const folders = existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  : []

/** Cases whose JSON is another certificate than their own token, text and picture, which agree with one another. */
const contradictsItself = (whys: readonly (string | undefined)[]): boolean =>
  whys.some((why) => why?.startsWith('the case contradicts itself') === true)

describe('the public test data of EU certificates', () => {
  if (folders.length === 0)
    it('is not here', () => {
      process.stdout.write('reference data not present, 12 checks skipped\n')
      expect(folders).toEqual([])
    })
  else
    it.each(folders)('comes out as expected: %s', async (name) => {
      const { files, checks } = await verifyTestdata(`${folder}/${name}`)
      const wrong = files
        .filter(({ passed }) => !passed)
        .filter((file) => !contradictsItself(file.checks.map(({ why }) => why)))
      expect(wrong).toEqual([])
      expect(files.length).toBeGreaterThan(0)
      expect(checks.asExpected).toBeGreaterThan(0)
    })
})
