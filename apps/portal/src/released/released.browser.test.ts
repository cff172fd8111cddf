/// <reference types="node" />
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckedRelease } from '@guankou/contract/quarantine/released.ts'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { notice, startStubNotice } from '../../tests-support/stub-notice.ts'

const root = join(import.meta.dirname, '../..')
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS
const code = `GKR1:${'ABCDEFGH'.repeat(8)}:${'QRSTUVWX'.repeat(12)}`

const genuine: CheckedRelease = {
  verdict: 'genuine',
  certificate: {
    serial: '84E6D1C4ACD0',
    district: { zh: '香洲区', en: 'Xiangzhou' },
    person: [
      { field: 'name', masked: '欧**' },
      { field: 'document', masked: '****123X' },
    ],
    releasedAt: '2020-02-22T16:05:00.000Z',
    issuedAt: '2020-02-23T01:00:00.000Z',
    expiresAt: '2020-08-21T01:00:00.000Z',
    timeZone: 'Asia/Shanghai',
  },
}

let folder: string
let browser: Browser
let stub: Awaited<ReturnType<typeof startStubNotice>>
const pages: Page[] = []
let answer: CheckedRelease | 'none' | 'too-many' = genuine
let asked: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guankou-portal-'))
  // The runner sets it to `test`, which would build the components with their warnings in.
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  vi.unstubAllEnvs()
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  stub = await startStubNotice(folder, { current: notice })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await stub.close()
  await rm(folder, { recursive: true, force: true })
})
afterEach(async () => {
  answer = genuine
  asked = []
  for (const page of pages.splice(0)) await page.context().close()
})

const open = async (rest: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 360, height: 740 },
    ...options,
  })
  const page = await context.newPage()
  pages.push(page)
  await page.route('**/api/public/released', (route) => {
    asked.push((route.request().postDataJSON() as { text: string }).text)
    if (answer === 'none') return route.abort()
    if (answer === 'too-many')
      return route.fulfill({
        status: 429,
        json: { code: 'RATE_LIMITED', retry: 'later', text: { zh: '太频繁', en: 'Too many' } },
      })
    return route.fulfill({ json: answer })
  })
  await page.goto(`${stub.address.replace(/\/$/, '')}/released${rest}`)
  return page
}

const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)
  expect(found, name).toEqual([])
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(wide, name).toBe(0)
}

describe('whoever is shown a certificate of release', () => {
  it('scans its code and reads what the paper has to say as well', async () => {
    const page = await open(`#${code}`)
    await page.getByText('本市签发，有效').waitFor()
    expect(asked).toEqual([code])
    for (const words of ['84E6D1C4ACD0', '欧**', '****123X', '香洲区', '2020年2月23日 00:05'])
      await page.getByText(words).first().waitFor()
    await expectGood(page, 'released-zh')
  })

  it('is told of one that is forged, expired, of another city, or cannot be read', async () => {
    answer = { verdict: 'forged', certificate: null }
    const page = await open(`#${code}`)
    await page.getByRole('alert').getByText('不是本市签发，或内容被改动').waitFor()
    await expectGood(page, 'released-forged-zh')
    answer = { ...genuine, verdict: 'expired' }
    await page.getByLabel('或粘贴二维码里的文字').fill(code)
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByRole('alert').getByText('核验期已过').waitFor()
    answer = { verdict: 'other-city', certificate: null }
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByRole('alert').getByText('其他城市的证明').waitFor()
    answer = { verdict: 'unreadable', certificate: null }
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByRole('alert').getByText('读不出内容').waitFor()
    const before = asked.length
    await page.getByLabel('或粘贴二维码里的文字').fill('A'.repeat(1_001))
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByRole('alert').getByText('读不出内容').waitFor()
    expect(asked).toHaveLength(before)
  })

  it('is told that nothing was checked where there is no network, or too much was asked', async () => {
    answer = 'none'
    const page = await open(`#${code}`)
    await page.getByRole('alert').getByText('没有核验').waitFor()
    answer = 'too-many'
    await page.getByLabel('或粘贴二维码里的文字').fill(code)
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByRole('alert').getByText('核验太频繁').waitFor()
    expect(await page.getByText('本市签发').count()).toBe(0)
  })

  it('reads the same in English, at night, and asks for the code where there is none', async () => {
    const page = await open('?lang=en', { colorScheme: 'dark' })
    await page.getByText('The code on the certificate opens this page').waitFor()
    expect(asked).toEqual([])
    await page.evaluate(`location.hash = '#${code}'`)
    await page.getByText('Signed by this city, and valid').waitFor()
    await page.getByText('Doc').first().waitFor()
    await expectGood(page, 'released-en-night')
  })
})
