/// <reference types="node" />
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { draftFrom } from '@guankou/domain/declarations/draft-from.ts'
import { readDeclaration } from '@guankou/domain/declarations/signed-text.ts'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { cityCode, createStubSigner, form, issuedAtMs } from '../../tests-support/stub-declarations.ts'
import { notice, startStubNotice } from '../../tests-support/stub-notice.ts'

const root = join(import.meta.dirname, '../..')
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

const front = inject('fronts').portal
let browser: Browser
let stub: Awaited<ReturnType<typeof startStubNotice>>
const signer = createStubSigner()
const pages: Page[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  stub = await startStubNotice(front, { current: notice })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await stub.close()
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
})

/** What came after Chromium 80, so that a page that leans on it fails here. */
const forgetNewerBuiltIns = `
  for (const name of ['at', 'with', 'toSorted', 'toReversed', 'toSpliced', 'findLast', 'findLastIndex']) delete Array.prototype[name]
  for (const name of ['at', 'replaceAll', 'isWellFormed', 'toWellFormed']) delete String.prototype[name]
  delete Object.hasOwn; delete Object.groupBy; delete Promise.any; delete Promise.withResolvers
  delete window.structuredClone; delete crypto.randomUUID; delete Uint8Array.prototype.toBase64; delete URL.canParse
`

const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 360, height: 740 },
    serviceWorkers: 'block',
    ...options,
  })
  await context.addInitScript(forgetNewerBuiltIns)
  const page = await context.newPage()
  pages.push(page)
  await page.route('**/api/public/declaration-form', (route) => route.fulfill({ json: form }))
  await page.route('**/api/public/certificate-keys', (route) => route.fulfill({ json: { keys: [] } }))
  await page.route('**/api/public/declarations', (route) => {
    const { status, body } = signer.answer(route.request().postDataJSON(), issuedAtMs)
    return route.fulfill({ status, json: body })
  })
  await page.clock.setFixedTime(issuedAtMs)
  await page.goto(stub.address.replace(/\/$/, '') + path)
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

const isInView = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`(() => {
    const { top, bottom } = document.querySelector('${selector}').getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })()`)

/** Two people from Wuhan in one car. */
const fillIn = async (page: Page): Promise<void> => {
  await page.getByLabel('车牌', { exact: true }).fill('鄂a12345')
  const first = page.getByRole('region', { name: '第 1 人' })
  await first.getByLabel('姓名').fill('欧阳样本')
  await first.getByLabel('证件号码').fill('440402199001011238')
  await first.getByLabel('地方').first().fill('武汉')
  await first.getByRole('button', { name: '武汉市' }).first().click()
  await first.getByRole('button', { name: '武汉市' }).click()
  await first.getByLabel('离开武汉市的日期').fill('2020-02-08')
  await first.getByLabel('没有', { exact: true }).check()
  await first.getByLabel('咳嗽').check()
  await page.getByRole('button', { name: '再加一人' }).click()
  const second = page.getByRole('region', { name: '第 2 人' })
  await second.getByText('已选：武汉市').waitFor()
  expect(await second.getByLabel('离开武汉市的日期').inputValue()).toBe('2020-02-08')
}

const lettersOf = async (page: Page): Promise<string> => {
  await page.getByText('扫不出来时').click()
  return page.locator('.letters').innerText()
}

const readBack = (text: string) =>
  readDeclaration(text, { cityCode, check: signer.check, nowMs: issuedAtMs + 3_600_000 })

describe('a family that declares before it comes', () => {
  it('fills in one form, gets a code that a phone checks offline, changes it until it was shown', async () => {
    const page = await open('/declare')
    await page.getByRole('heading', { name: '入城申报' }).waitFor()
    await expectGood(page, 'declare-empty-zh')
    await fillIn(page)
    // The check digit is 9: advice, and nothing is held up by it.
    await page.getByText('校验位不符').waitFor()
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('请回答第 2 人是否接触过确诊病人').waitFor()
    await expectGood(page, 'declare-missing-zh')
    await page.getByRole('region', { name: '第 2 人' }).getByLabel('没有', { exact: true }).check()

    await page.context().setOffline(true)
    await page.route('**/api/public/declarations', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('已填的内容存在这部手机里').waitFor()
    await page.context().setOffline(false)
    await page.reload()
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    // The button stands far below: the whole code is on the screen of a small phone all the same.
    await vi.waitFor(async () => expect(await isInView(page, '.qr')).toBe(true))
    await page.reload()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    expect(await isInView(page, '.qr')).toBe(true)
    await expectGood(page, 'declare-code-zh')

    const read = await readBack(await lettersOf(page))
    if (read.is !== 'good') throw new Error(read.fault)
    const draft = draftFrom(read.issued, ['cough'])
    expect(draft).toMatchObject({ kind: 'car', plate: '鄂A12345' })
    expect(draft.travellers).toMatchObject([
      {
        seat: 1,
        name: '欧阳样本',
        origin: { code: 420100, evidence: 'declared' },
        exposures: [{ areaCode: 420100, leftOn: '2020-02-08', evidence: 'declared' }],
        contactWithCase: false,
        symptoms: ['cough'],
      },
      { seat: 2, origin: { code: 420100 }, symptoms: [] },
    ])

    await page.getByLabel('车牌', { exact: true }).fill('鄂A54321')
    await page.getByText('内容已改动').waitFor()
    signer.used.add(read.issued.declaration.id)
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('已在卡口使用过').waitFor()
    await page.getByRole('button', { name: '新建一份' }).click()
    await page.getByText('已从这部手机删除').waitFor()
    expect(await page.getByLabel('车牌', { exact: true }).inputValue()).toBe('')
  }, 60_000)

  it('is asked about a place that was typed and not chosen, so that no stay is lost without a word', async () => {
    const page = await open('/declare')
    await page.getByLabel('车辆没有号牌').check()
    const first = page.getByRole('region', { name: '第 1 人' })
    await first.getByLabel('地方').first().fill('珠海')
    await first.getByRole('button', { name: '珠海市' }).click()
    await first.getByLabel('没有', { exact: true }).check()
    await first.getByLabel('地方').fill('武汉')
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('请从上面列出的地方里点选').waitFor()
    await expectGood(page, 'declare-stay-typed-zh')
    await first.getByRole('button', { name: '武汉市' }).click()
    await first.getByLabel('离开武汉市的日期').fill('')
    await page.getByText('请填离开的日期').waitFor()
    await first.getByLabel('离开武汉市的日期').fill('2020-02-07')
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByRole('img', { name: '入城申报二维码，1 人' }).waitFor()
    const read = await readBack(await lettersOf(page))
    if (read.is !== 'good') throw new Error(read.fault)
    expect(read.issued.declaration.people[0]?.stays).toEqual([{ areaCode: 420100, leftOn: '2020-02-07' }])
  }, 60_000)

  it('opens again at the post without a network, also in a new tab, and says when it has expired', async () => {
    const page = await open('/declare', { serviceWorkers: 'allow' })
    await fillIn(page)
    await page.getByRole('region', { name: '第 2 人' }).getByLabel('没有', { exact: true }).check()
    await page.getByRole('button', { name: '生成二维码' }).click()
    const code = page.getByRole('img', { name: '入城申报二维码，2 人' })
    await code.waitFor()
    await page.getByText('没有网络也能再打开').waitFor()
    await page.unrouteAll()
    await page.context().setOffline(true)
    await page.reload()
    await code.waitFor()
    const again = await page.context().newPage()
    await again.clock.setFixedTime(issuedAtMs)
    await again.goto(`${stub.address}declare`)
    await again.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    await again.clock.setFixedTime(issuedAtMs + 25 * 3_600_000)
    await again.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await again.getByText('已过期').waitFor()
    expect(await again.getByRole('img', { name: '入城申报二维码，2 人' }).count()).toBe(0)
  }, 60_000)

  it('keeps the code of one car while another is filled in, and brings back what was deleted', async () => {
    const page = await open('/declare')
    expect(await page.getByRole('button', { name: '再填一份' }).count()).toBe(0)
    await fillIn(page)
    await page.getByRole('region', { name: '第 2 人' }).getByLabel('没有', { exact: true }).check()
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    await page.getByRole('button', { name: '再填一份' }).click()
    expect(await page.getByRole('img').count()).toBe(0)
    await page.getByLabel('车牌', { exact: true }).fill('粤C12345')
    const aside = page.getByRole('region', { name: '这部手机里的其他申报' })
    await aside.getByText('鄂A12345 · 2 人').waitFor()
    await expectGood(page, 'declare-aside-zh')
    await page.reload()
    await aside.getByRole('button', { name: '打开 鄂A12345 · 2 人' }).click()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    await aside.getByText('粤C12345 · 1 人').waitFor()
    await page.getByRole('button', { name: '从这部手机删除' }).click()
    await page.getByText('已从这部手机删除').waitFor()
    await page.getByRole('button', { name: '撤销删除' }).click()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
    await page.reload()
    await page.getByRole('img', { name: '入城申报二维码，2 人' }).waitFor()
  }, 60_000)

  it('comes by train: number, day, carriage and seat of the ticket reach the lane', async () => {
    const page = await open('/declare')
    await page.getByLabel('交通方式').selectOption({ label: '火车' })
    await page.getByLabel('车次').fill('g 6123')
    await page.getByLabel('车厢').fill('05')
    const first = page.getByRole('region', { name: '第 1 人' })
    await first.getByLabel('地方').first().fill('武汉')
    await first.getByRole('button', { name: '武汉市' }).first().click()
    await first.getByLabel('没有', { exact: true }).check()
    await first.getByLabel('座位').fill('12Z')
    await page.getByLabel('出发日期').fill('')
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('请填票上的出发日期').waitFor()
    await page.getByText('请按票面填写').waitFor()
    await expectGood(page, 'declare-train-missing-zh')
    await page.getByLabel('出发日期').fill('2020-02-09')
    await first.getByLabel('座位').fill('12a')
    await page.getByRole('button', { name: '生成二维码' }).click()
    await page.getByText('G 6123 · 1 人').waitFor()
    await expectGood(page, 'declare-train-zh')
    const read = await readBack(await lettersOf(page))
    if (read.is !== 'good') throw new Error(read.fault)
    const draft = draftFrom(read.issued, [])
    expect(draft).toMatchObject({
      kind: 'train',
      service: { number: 'G6123', departsOn: '2020-02-09', carriage: '05' },
      travellers: [{ seat: 1, seatLabel: '12A' }],
    })
  }, 60_000)

  it('reads it in English, at night and with text at 200 %', async () => {
    const page = await open('/declare?lang=en', { colorScheme: 'dark' })
    await page.getByRole('heading', { name: 'Declare before you arrive' }).waitFor()
    await expectGood(page, 'declare-empty-en-night')
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(wide).toBe(0)
  }, 60_000)

  it('can take the same questions along on paper', async () => {
    const page = await open('/declare/paper')
    await page.getByRole('columnheader', { name: '第 4 人' }).waitFor()
    await expectGood(page, 'paper-zh')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.sheet').isVisible()).toBe(true)
    expect(await page.getByRole('cell').first().isVisible()).toBe(true)
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    if (pictures !== undefined) await writeFile(join(pictures, 'paper.pdf'), pdf)
    // One sheet: the page tree counts one page. An empty one has no font and takes a kilobyte.
    expect(pdf.toString('latin1')).toMatch(/\/Count 1\b/)
    expect(pdf.length).toBeGreaterThan(20_000)
    for (const part of [
      '乏力 Fatigue',
      '14 天内到过的其他地方',
      'Temperature, method, time',
      'Train, sailing or flight',
      '座位（按票）',
      '珠海市 Zhuhai',
    ])
      expect(await page.locator('.sheet').innerText()).toContain(part)
  }, 60_000)

  it('is told where there is no form to print, and can try again', async () => {
    const page = await open('/declare')
    await page.getByRole('heading', { name: '怎么来' }).waitFor()
    await page.evaluate('localStorage.clear()')
    await page.route('**/api/public/declaration-form', (route) => route.abort(), { times: 1 })
    await page.goto(`${stub.address}declare/paper`)
    await page.getByText('现在无法读取申报表').waitFor()
    await page.route('**/api/public/declaration-form', (route) =>
      route.fulfill({ json: { ...form, responses: [] } }),
    )
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByText('目前没有进行中的查验').waitFor()
  }, 60_000)

  it('can look at a certificate, which is checked on the phone', async () => {
    const vectors = JSON.parse(
      await readFile(join(root, '../../tests/vectors/certificates/vectors.json'), 'utf8'),
    ) as {
      keys: object[]
      cases: { name: string; text: string }[]
    }
    const page = await open('/certificate')
    await page.getByText('现在没有信任名单').waitFor()
    await page.route('**/api/public/certificate-keys', (route) =>
      route.fulfill({ json: { keys: vectors.keys } }),
    )
    await page.clock.setFixedTime(Date.parse('2022-02-01T00:00:00.000Z'))
    await page.reload()
    const text = vectors.cases.find(({ name }) => name === 'a card with two vaccinations')?.text ?? ''
    await page.getByLabel('证明文字').fill(text)
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByText('签名属实，在有效期内').waitFor()
    await page.getByText('Erika Probe Muster').waitFor()
    await expectGood(page, 'certificate-zh')
    await page
      .getByLabel('证明文字')
      .fill(vectors.cases.find(({ name }) => name === 'a card under the name of another key')?.text ?? '')
    await page.getByRole('button', { name: '核验' }).click()
    await page.getByText('签名不符').waitFor()
  }, 60_000)
})
