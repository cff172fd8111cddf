import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { read, utils, write } from '@e965/xlsx'
import type { Role } from '@guankou/contract/roles.ts'
import { drawHotelGuests } from '@guankou/simulator/lists/hotel-guests.ts'
import { encodeGb18030 } from '@guankou/testkit/files/gb18030.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A hotel’s list of 5,000 rows comes in GB18030 with a hundred rows wrong; they go back as a workbook, come mended, and
 * people are called one after the other by keyboard alone. A commander sees how far it has come.
 */
const rows = 5_000
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

let system: RunningSystem
let browser: Browser
let clerk: Page
const troubles: string[] = []

const openConsole = async (role: Role): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(`${system.origin}/console/sign-in${hash}`)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  return page
}

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    }),
  ])
  clerk = await openConsole('screening-clerk')
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(200)
  if (pictures !== undefined)
    await page.screenshot({ path: join(pictures, `worklists-${name}.png`), fullPage: true })
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

/** A figure of the list in the table of lists. */
const figure = async (page: Page, column: string): Promise<number> => {
  const table = page.locator('section.table-scroll[aria-label="名单"]')
  const headings = await table.getByRole('columnheader').allInnerTexts()
  const cells = await table.getByRole('row').nth(1).locator('th, td').allInnerTexts()
  return Number(cells[headings.findIndex((heading) => heading.trim() === column)])
}

/** Puts right what is wrong in the workbook that came back: every phone and document that does not hold. */
const mend = (file: Buffer): Buffer => {
  const book = read(file, { type: 'buffer' })
  const name = book.SheetNames[0] ?? ''
  const sheet = utils.sheet_to_json<Record<string, string>>(book.Sheets[name] ?? {}, {
    raw: false,
    defval: '',
  })
  expect(sheet).toHaveLength(rows / 50)
  const mended = sheet.map((row, at) => ({
    ...row,
    联系电话: row.联系电话 === '1380' ? `026${String(10_000_000 + at)}` : row.联系电话,
    证件号码: row.证件号码?.includes('E+') === true ? '' : row.证件号码,
  }))
  const again = utils.book_new()
  utils.book_append_sheet(again, utils.json_to_sheet(mended), name)
  return write(again, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

describe('a dirty list, from its file to closed calls', () => {
  it('is read by what stands in it, and says of every wrong row what is wrong', async () => {
    await clerk.getByRole('link', { name: '排查名单' }).click()
    await clerk.getByText('还没有名单').waitFor()
    await expectGood(clerk, 'empty-zh')
    const list = drawHotelGuests(rows, 20_200_124)
    expect(list.wrong).toBe(rows / 50)
    await clerk.getByLabel('文件').setInputFiles({
      name: '海滨酒店 1 月.csv',
      mimeType: 'text/csv',
      buffer: encodeGb18030(list.text),
    })
    await clerk.getByText(/CSV, GB18030/).waitFor()
    await expectGood(clerk, 'columns-zh')
    await clerk.getByRole('button', { name: '开始导入' }).click()
    await expect.poll(() => figure(clerk, '退回'), { timeout: 60_000 }).toBe(list.wrong)
    await clerk.getByRole('button', { name: '海滨酒店 1 月' }).click()
    await clerk.getByText(`收下 ${rows - list.wrong}，退回 ${list.wrong}`).waitFor()
    await clerk
      .locator('section[aria-label="退回的行"]')
      .getByText(/电话号码位数/)
      .first()
      .waitFor()
    await expectGood(clerk, 'list-zh')
  })

  it('takes only the mended rows of the workbook that came back', async () => {
    const downloading = clerk.waitForEvent('download')
    await clerk.getByRole('button', { name: '下载退回的行' }).click()
    const file = await readFile((await (await downloading).path()) ?? '')
    await clerk.getByRole('button', { name: '导入改好的文件' }).click()
    await clerk.getByLabel('文件').setInputFiles({
      name: '改好.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: mend(file),
    })
    await clerk.getByText(/按 xlsx 读取/).waitFor()
    await clerk.getByRole('button', { name: '开始导入' }).click()
    await expect.poll(() => figure(clerk, '退回'), { timeout: 60_000 }).toBe(0)
    expect((await figure(clerk, '待办')) + (await figure(clerk, '重复'))).toBe(rows)
    await clerk.getByText(`收下 ${rows / 50}，退回 0`).waitFor()
  })

  it('is called by keyboard alone, and an outcome can be taken back', async () => {
    await clerk.getByRole('link', { name: '电话回访' }).click()
    await clerk.getByRole('heading', { name: '下一通' }).waitFor()
    await clerk.getByRole('heading', { name: '电话回访' }).click()
    await clerk.keyboard.press('Enter')
    const phone = clerk.getByRole('link', { name: /^0\d{10}$/ })
    await phone.waitFor()
    expect(await clerk.locator('main').innerText()).not.toMatch(/\d{17}[\dX]|香洲区\d+号/)
    await expectGood(clerk, 'call-zh')
    const said: string[] = []
    for (const [key, outcome] of [
      ['1', '已联系，无症状'],
      ['3', '无人接听'],
      ['1', '已联系，无症状'],
      ['2', '有症状'],
      ['8', '转上门核查'],
      ['1', '已联系，无症状'],
    ] as const) {
      const number = await phone.innerText()
      // A second press of the key before it is not taken for this person.
      await expect.poll(() => clerk.getByRole('button', { name: /已联系，无症状/ }).isEnabled()).toBe(true)
      await clerk.keyboard.press(key)
      await clerk.keyboard.press(key)
      await clerk.getByText(`已记录：${outcome}。`).waitFor()
      await expect.poll(() => phone.innerText()).not.toBe(number)
      said.push(number)
    }
    expect(new Set(said).size).toBe(said.length)
    await clerk.keyboard.press('u')
    await expect.poll(() => phone.innerText()).toBe(said.at(-1))
    await expect.poll(() => clerk.getByRole('button', { name: /已联系，无症状/ }).isEnabled()).toBe(true)
    await clerk.keyboard.press('y')
    await clerk.keyboard.press('n')
    expect(await clerk.locator('.call-script input:checked').count()).toBe(2)
    await clerk.keyboard.press('e')
    await clerk.getByText('Hello, this is the epidemic screening team.').waitFor()
    await expectGood(clerk, 'call-answers-zh')
    await clerk.keyboard.press('1')
    await clerk.getByText('已记录：已联系，无症状。').waitFor()
    await clerk.getByText(`今日已拨 ${said.length} 通`).waitFor()
    await expectGood(clerk, 'calls-zh')
  })

  it('shows a commander how far it has come, by day and night, wide and narrow, in both languages', async () => {
    const commander = await openConsole('commander')
    await commander.getByRole('link', { name: '排查名单' }).click()
    await commander.locator('section.table-scroll[aria-label="名单"] tbody').waitFor()
    expect(await figure(commander, '办结')).toBe(3)
    expect(await figure(commander, '转上门')).toBe(2)
    await expectGood(commander, 'board-zh')
    await commander.getByRole('button', { name: 'EN' }).click()
    await commander.getByRole('heading', { name: 'Worklists' }).waitFor()
    await commander.emulateMedia({ colorScheme: 'dark' })
    await expectGood(commander, 'board-en')
    await commander.setViewportSize({ width: 360, height: 740 })
    await expectGood(commander, 'board-narrow-en')
    await clerk.setViewportSize({ width: 360, height: 740 })
    await expectGood(clerk, 'calls-narrow-zh')
    expect(troubles).toEqual([])
  })
})
