import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { demoCityTemplate, startTestServer, type TestServer } from '../../tests-support/test-server.ts'

describe.each(inject('databaseServers').slice(0, 1))('the page of the reference', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let browser: Browser
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    })
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
    await database.drop()
  })

  it('shows every endpoint under a policy that refuses nothing of it and lets no script in, and asks no other host', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const refused: string[] = []
    const elsewhere: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(server.address) && !/^(?:data|blob):/.test(request.url()))
        elsewhere.push(request.url())
    })
    await page.goto(`${server.address}/api/docs/`)
    await page.getByRole('heading', { name: 'Guankou 关口' }).waitFor()
    await page.getByText('Record one screening').first().waitFor()
    expect(elsewhere).toEqual([])
    expect(refused).toEqual([])
    const icon = await page.locator('link[rel=icon]').first().getAttribute('href')
    expect((await page.request.get(new URL(icon ?? '', page.url()).href)).status()).toBe(200)
  })
})
