import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { strToU8, zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { openBrowser, openPhone, type PhoneOptions, press, seeChip, startShift } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let server: StubServer

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
})
beforeEach(async () => {
  server = await startStubServer(inject('fronts').field)
})
afterEach(() => server.close())

const commands = (): RecordScreening[] => server.order.flatMap((id) => server.stored.get(id)?.command ?? [])
const button = (page: Page, name: string | RegExp, exact = typeof name === 'string') =>
  page.getByRole('button', { name, exact })

/** A phone at a post, with everything it needs, and no network from then on. */
const offline = async (options: PhoneOptions = {}) => {
  const phone = await openPhone(browser, { ...options, bypassCSP: true })
  await startShift(phone.page, server)
  // Screens of later come half a second after the first one.
  await phone.page.waitForTimeout(2_500)
  await phone.context.setOffline(true)
  return phone
}

const choose = async (page: Page, kind: string): Promise<void> => {
  await button(page, /^车种/).click()
  await button(page, kind).click()
}

/** Fills in which run it is, and goes on person by person. */
const takeRun = async (page: Page, label: string, number: string, carriage?: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).fill(number)
  if (carriage !== undefined) await page.getByLabel(/^(车厢|舱室)/).fill(carriage)
}

const underNext = (page: Page) =>
  page.getByRole('group', { name: '座位键盘' }).getByRole('button', { name: /下一座$/ })

const fever = async (page: Page): Promise<void> => {
  await press(page, '381')
  await page
    .getByText(/须复测/)
    .first()
    .waitFor()
  await press(page, '382')
}

it('takes a coach by its seats without a network, and draws who sat near a case as the rules say', async () => {
  const [ruleSet] = server.content.responses[0]?.ruleSets ?? []
  if (ruleSet === undefined) throw new Error('no rules')
  ruleSet.near = [{ kind: 'coach', withinRows: 1 }]
  const { page, context, faults } = await offline()
  await choose(page, '客车')
  await press(page, 'B7788')
  await button(page, '下一步').click()
  await button(page, '逐座登记').click()
  await page.getByRole('region', { name: '座位图' }).waitFor()
  await check(page, 'coach by seat')
  for (let seat = 0; seat < 5; seat += 1) await underNext(page).click()
  await button(page, '空座').click()
  await page.getByText('座位 2C', { exact: true }).waitFor()
  await button(page, '症状·详情').click()
  await button(page, '武汉市').click()
  await button(page, '添加到过的地区').click()
  await button(page, '返回测温').click()
  await page.getByRole('region', { name: '座位图' }).waitFor()
  await button(page, '测温').click()
  await fever(page)
  for (const place of ['3A', '4D', '5A']) {
    await button(page, new RegExp(`^${place} `)).click()
    await underNext(page).click()
  }
  await check(page, 'coach with people')
  await button(page, '完成', true).click()
  await page.getByRole('heading', { name: '转诊' }).waitFor()
  await page.getByText('邻近座位').first().waitFor()
  await page.getByText('改名单').click()
  const map = page.getByRole('region', { name: '座位图' })
  await map
    .getByRole('button', { name: /^2C .*/ })
    .filter({ hasText: '▲' })
    .waitFor()
  // One row before and behind: rows 1 to 3, and nobody of row 4 or 5.
  for (const place of ['1A', '1D', '2A', '3A']) await expectSign(page, place, '◐')
  for (const place of ['4D', '5A']) await expectSign(page, place, '·')
  await check(page, 'seat map of a hand-over')
  await map.getByRole('button', { name: /^2A / }).click()
  await expectSign(page, '2A', '→')
  await page.locator('.handover-start').click()
  await page.waitForURL(/\/handovers\//)
  await context.setOffline(false)
  await expect.poll(() => commands().length, { timeout: 60_000 }).toBe(1)
  const [record] = commands()
  expect(record?.conveyance).toMatchObject({ kind: 'coach', plate: '粤CB7788', seatsPerRow: 4 })
  expect(record?.travellers.map(({ seatLabel }) => seatLabel)).toEqual([
    '1A',
    '1B',
    '1C',
    '1D',
    '2A',
    '2C',
    '3A',
    '4D',
    '5A',
  ])
  expect(faults).toEqual([])
})

const expectSign = async (page: Page, place: string, sign: string): Promise<void> => {
  const seat = page
    .getByRole('region', { name: '座位图' })
    .getByRole('button', { name: new RegExp(`^${place} `) })
  expect(await seat.textContent(), place).toContain(sign)
}

const listOf = (rows: readonly (readonly string[])[]) => {
  const xml = rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells
          .map(
            (text, column) => `<c r="${'ABCD'[column]}${row + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('')
  return Buffer.from(
    zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${xml}</sheetData></worksheet>`) }),
  )
}

it('works through the passenger list of a flight without a network, and leaves out who is not aboard', async () => {
  const { page, context, faults } = await offline()
  await choose(page, '航班')
  await takeRun(page, '航班号', 'CZ 3739')
  await check(page, 'run')
  await page.getByLabel('出发日期').fill('2019-01-01')
  await page.getByText('请填 30 天内').waitFor()
  expect(await button(page, '逐人登记').isDisabled()).toBe(true)
  await page.getByLabel('出发日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  await button(page, '导入旅客名单').click()
  await page.getByRole('heading', { name: '旅客名单' }).waitFor()
  await page.getByLabel('选择文件').setInputFiles({
    name: '旅客.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: listOf([
      ['座位', '旅客姓名', '证件号码'],
      ['32A', '王小明', '44040219800101001X'],
      ['32B', '李四', '4.40402198001010E+17'],
      ['1C', 'Anna Schmidt', 'C01X00T47'],
      ['2D', '', ''],
      ['过道', '赵六', ''],
    ]),
  })
  await page.getByText('收下 4 人 · 未收 1 行 · 已收待核 2 人').waitFor()
  await page.getByRole('region', { name: '未收的行' }).getByText('没有姓名和证件号码').waitFor()
  await page.getByText('号码可能被表格软件取整').waitFor()
  await page.getByText('座位无法识别').waitFor()
  await check(page, 'list of passengers')
  await button(page, '收下 4 人').click()
  await page.getByText('已到 0 · 未到 4 · 未上车 0').waitFor()
  await page.getByText('座位 1C · Anna').first().waitFor()
  await check(page, 'working through a list')
  await underNext(page).click()
  await page.getByText('座位 32A · 王**').first().waitFor()
  await underNext(page).click()
  await button(page, '未上车').click()
  await page.getByText('已到 2 · 未到 1 · 未上车 1').waitFor()
  await page.getByText('名单上还有 1 人未核对').waitFor()
  await button(page, /^其余 1 人都到/).click()
  await button(page, '完成', true).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await page.getByText('航班 CZ3739').first().waitFor()
  await context.setOffline(false)
  await seeChip(page, '已同步')
  const [record] = commands()
  expect(record?.conveyance).toMatchObject({ kind: 'flight', service: { number: 'CZ3739' }, seatsPerRow: 6 })
  expect(
    record?.travellers.map(({ seatLabel, name, document }) => [seatLabel, name, document.number]),
  ).toEqual([
    ['1C', 'Anna Schmidt', 'C01X00T47'],
    ['32A', '王小明', '44040219800101001X'],
    [undefined, '赵六', undefined],
  ])
  expect(faults).toEqual([])
})

it('maps the columns of a list in GB 18030 that its heads do not name', async () => {
  const { page } = await offline()
  await choose(page, '轮渡')
  await takeRun(page, '船班或船名', '海珠168', 'A1')
  await button(page, '导入旅客名单').click()
  // 甲,乙 / 王,1 / 李,2 in GB 18030.
  const buffer = Buffer.from('bcd72cd2d20acdf52c310ac0ee2c32', 'hex')
  await page.getByLabel('选择文件').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer })
  await page.getByText('CSV, GB18030').waitFor()
  await page.getByText('请指明哪一列').waitFor()
  await page.getByRole('combobox', { name: '姓名', exact: true }).selectOption('甲')
  await page.getByRole('combobox', { name: '座位', exact: true }).selectOption('乙')
  await button(page, '收下 2 人').click()
  await page.getByText('座位 1 · 王').first().waitFor()
})

it('takes many people of one train at a tap each, and goes on at the next seat', async () => {
  const { page, context } = await openPhone(browser)
  await page.goto(`${server.url}/field/sign-in#token=token-of-wang-0001`)
  await page.getByRole('button', { name: '珠海站' }).click()
  await page.getByRole('button', { name: '1 车道' }).click()
  await takeRun(page, '车次', 'B 12')
  await page.getByText('不像这一类的号码').waitFor()
  await takeRun(page, '车次', 'g6123', '05')
  await button(page, '逐人登记').click()
  for (let person = 0; person < 6; person += 1) await underNext(page).click()
  await page.getByText('座位 2B').first().waitFor()
  await button(page, '完成', true).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await button(page, '下一位').click()
  await page.getByText('座位 2B').first().waitFor()
  await page.getByRole('button', { name: /^G6123 · 05 车厢/ }).waitFor()
  await button(page, /^司乘无座/).click()
  await button(page, '完成', true).click()
  await page.getByRole('heading', { name: '通过' }).waitFor()
  await seeChip(page, '已同步')
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const service = { number: 'G6123', departsOn: day, carriage: '05' }
  expect(commands().map(({ conveyance, travellers }) => [conveyance.service, travellers.length])).toEqual([
    [service, 6],
    [service, 1],
  ])
  await context.close()
})

it.each([
  [820, 1_180],
  [1_180, 820],
])(
  'serves a desk on a tablet of %i × %i: people beside keys, a keyboard, and undo',
  async (width, height) => {
    const { page, context } = await openPhone(browser, { bypassCSP: true })
    await page.setViewportSize({ width, height })
    await startShift(page, server)
    await check(page, 'tablet: plate', 64)
    await page.keyboard.type('b5511')
    await page.keyboard.press('Enter')
    await page.keyboard.press('2')
    await page.keyboard.type('364365')
    const [cards, keys] = await Promise.all([
      page.getByRole('list', { name: '车上人员' }).boundingBox(),
      page.getByRole('group', { name: '体温键盘' }).boundingBox(),
    ])
    expect(cards).not.toBeNull()
    expect(keys?.x).toBeGreaterThanOrEqual((cards?.x ?? 0) + (cards?.width ?? width))
    await check(page, 'tablet: people', 64)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '通过' }).waitFor()
    await check(page, 'tablet: outcome')
    await button(page, /^撤销/).click()
    await page.getByRole('group', { name: '体温键盘' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '通过' }).waitFor()
    await button(page, '下一辆').click()
    await page.keyboard.type('b5522')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('键盘：+ 全部低于').waitFor()
    await page.keyboard.press('+')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '通过' }).waitFor()
    await button(page, '下一辆').click()
    await choose(page, '客车')
    await page.keyboard.type('b6622')
    await page.keyboard.press('Enter')
    await button(page, '逐座登记').click()
    for (let seat = 0; seat < 3; seat += 1) await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    await page.keyboard.type('366')
    await page.getByText('座位 2B').first().waitFor()
    await check(page, 'tablet: seats')
    const [map, pad] = await Promise.all([
      page.getByRole('region', { name: '座位图' }).boundingBox(),
      page.getByRole('group', { name: '座位键盘' }).boundingBox(),
    ])
    expect(pad?.x).toBeGreaterThanOrEqual((map?.x ?? 0) + (map?.width ?? width))
    await context.close()
  },
)

/** Every text twice as large, as somebody sets it who sees badly. */
const enlarge = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      ({ style }) => style.fontSize === '',
    )
    const sizes = elements.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    for (const [index, element] of elements.entries()) element.style.fontSize = `${2 * (sizes[index] ?? 0)}px`
  })

/** Texts that their own box does not show whole. */
const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main button, main label span, main legend, main p')]
      .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent),
  )

const readsLarge = async (page: Page, screen: string): Promise<void> => {
  await check(page, screen)
  await enlarge(page)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width, `${screen}: twice as large`).toBeLessThanOrEqual(360)
  expect(await cut(page), `${screen}: cut texts`).toEqual([])
}

it('reads in English, at night and with text twice as large', async () => {
  const { page, context } = await openPhone(browser, {
    locale: 'en-GB',
    colorScheme: 'dark',
    bypassCSP: true,
  })
  await page.goto(`${server.url}/field/sign-in#token=token-of-wang-0001`)
  await button(page, /^Zhuhai station/).click()
  await button(page, /^Lane 1/).click()
  await page.getByLabel('Train number').fill('G6123')
  await readsLarge(page, 'run in English')
  await button(page, 'Load a passenger list').click()
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('seat,name,number\n3A,Anna Schmidt,C01X00T47\n3A,Bo,1\n,,\n9Z,,'),
  })
  await page.getByText('Not taken', { exact: true }).waitFor()
  await readsLarge(page, 'list in English')
  await button(page, /^Take 2 people/).click()
  await page.getByRole('region', { name: 'Seat map' }).waitFor()
  await readsLarge(page, 'seats in English')
  await context.close()
})
