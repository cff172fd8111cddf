import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Role } from '@guankou/contract/roles.ts'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLaneHand } from './lane-hand.ts'
import { type RunningSystem, startRunningSystem } from './running-system.ts'

/**
 * A list is brought at the desk and prompts a phone, and is ended again; a temperature that was entered wrongly is put right
 * without changing what was decided, and leaves in a list.
 */
let system: RunningSystem
let browser: Browser

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const pictures = process.env.KEEP_SCREENSHOTS

beforeAll(async () => {
  ;[system, browser] = await Promise.all([
    startRunningSystem(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-sync',
      ],
    }),
  ])
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
}, 240_000)

const expectGood = async (page: Page, name: string): Promise<void> => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
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

const openConsole = async (role: Role, locale: 'zh-CN' | 'en-GB' = 'zh-CN'): Promise<Page> => {
  const printed = await system.ask('sign-in-link', '--role', role)
  const hash = /#token=\S+/.exec(printed)?.[0] ?? ''
  expect(hash, printed).not.toBe('')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale })
  const page = await context.newPage()
  await page.goto(`${system.origin}/console/sign-in${hash}`)
  await page.getByRole('navigation').first().waitFor()
  return page
}

const openPhone = async (): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const printed = await system.ask('sign-in-link', '--role', 'inspector')
  await page.goto(`${system.origin}/field/sign-in${/#token=\S+/.exec(printed)?.[0] ?? ''}`)
  await page.getByRole('button', { name: /卡口/ }).first().click()
  await page.getByRole('button', { name: '1 车道' }).click()
  return page
}

const list = ['kind,number', 'plate,粤C12345', 'document,', 'boat,粤C54321'].join('\n')

describe('the desk', () => {
  it('brings a match list, is told of its rows by number, and ends it for good', async () => {
    const page = await openConsole('commander')
    await page.goto(`${system.origin}/console/match-lists`)
    await page.getByText('还没有名单').waitFor()
    await page.getByLabel('名称（中文）').fill('居家隔离名单')
    await page.getByLabel('名称（英文）').fill('Home quarantine')
    await page.getByLabel('事由').selectOption('quarantine-order')
    await page.getByLabel(/^有效天数/).fill('2')
    await page.getByLabel('依据').fill('2020 年第 12 号通告')
    const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) }
    await page.getByLabel('文件', { exact: true }).setInputFiles(file)
    await page.getByRole('button', { name: '导入', exact: true }).click()
    await page.getByText('收入 1 条，已有 0 条，退回 2 行').waitFor()
    const refused = page.getByRole('list', { name: '退回的行' })
    expect(await refused.getByRole('listitem').count()).toBe(2)
    expect(await page.content()).not.toContain('粤C12345')
    const row = page.getByRole('row').filter({ hasText: '居家隔离名单' })
    await row.filter({ hasText: '有效' }).waitFor()
    await expectGood(page, 'matching-zh')

    const phone = await openPhone()
    const hand = createLaneHand(phone)
    await hand.press('12345')
    await phone.getByRole('button', { name: '下一步' }).click()
    await phone.getByRole('status', { name: '名单提示' }).filter({ hasText: '居家隔离名单' }).waitFor()
    await phone.context().close()

    page.on('dialog', (dialog) => void dialog.accept())
    await row.getByRole('button', { name: '停用“居家隔离名单”' }).click()
    await row.filter({ hasText: '已停用' }).waitFor()
    const entries = await system.db.query.selectFrom('match_entries').selectAll().execute()
    expect(entries).toEqual([])

    const english = await openConsole('screening-clerk', 'en-GB')
    await english.goto(`${system.origin}/console/match-lists`)
    await english.getByRole('heading', { name: 'Match lists', level: 1 }).waitFor()
    await expectGood(english, 'matching-en')
  }, 240_000)

  it('puts a temperature right without changing what was decided, and says what the rules would say', async () => {
    const phone = await openPhone()
    const hand = createLaneHand(phone)
    await hand.enterPlateAndPeople('F0001', 1)
    await hand.press('366')
    await hand.finish('通过')
    await hand.seeState('已同步')
    await phone.context().close()
    const { id, day } = await system.db.query
      .selectFrom('screenings')
      .select(['id', 'day'])
      .executeTakeFirstOrThrow()
    const stay = day.slice(5)
    const lead = await openConsole('post-lead')
    await lead.goto(`${system.origin}/console/decisions?screening=%22${id}%22`)
    const why = lead.getByRole('dialog', { name: '处置原因' })
    await why.getByText('更正登记内容').first().click()
    const form = why.getByRole('form', { name: '更正第 1 人的登记内容' })
    await form.getByLabel('第 1 次体温').fill('381')
    await form.getByLabel('来源地').fill('武汉')
    await form.getByLabel('旅居史').fill('武汉')
    await form.getByText('看不懂').waitFor()
    await form.getByLabel('旅居史').fill(`武汉 ${stay}`)
    await form.getByLabel('依据').selectOption({ label: '录入有误' })
    await expectGood(lead, 'correct-findings-zh')
    await form.getByRole('button', { name: '记录更正' }).click()
    await why.getByText('按更正后内容，规则会给出').waitFor()
    await why.getByText(/现行处置仍是“通过”/).waitFor()
    await why.getByText(`武汉市，${day} 离开`).first().waitFor()
    await why.getByText('按当时规则重新判定，与记录一致').waitFor()
    await expectGood(lead, 'corrected-findings-zh')
    expect(await system.run('rollups', 'verify')).toBe(0)
    expect(await system.run('screening', 'replay')).toBe(0)
  }, 240_000)
})
