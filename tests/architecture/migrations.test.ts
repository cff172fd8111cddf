import { readMigrations } from '@guankou/db/migrate.ts'
import { expect, it } from 'vitest'

it('migrations follow one another by number, none twice and none left out', async () => {
  const numbers = (await readMigrations()).map(({ number }) => number)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})
