import { generateKeyPairSync, sign } from 'node:crypto'
import { textToSign, withSignature } from '@guankou/domain/declarations/signed-text.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { check } from '#journey/axe.ts'
import { openBrowser, openPhone, seeChip, startShift } from '#journey/phone.ts'
import { type StubServer, startStubServer } from '#journey/stub-server.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const cityCode = 440400
const keys = generateKeyPairSync('ed25519')
const strangers = generateKeyPairSync('ed25519')

/** A family of two in one car, signed as the server signs. */
const codeOf = (id: string, { privateKey } = keys, symptoms: readonly string[] = ['cough']): string => {
  const person = {
    document: { kind: 'passport', number: 'E12345678' },
    originCode: 420100,
    stays: [],
    contactWithCase: false,
    symptoms: ['cough'],
  } as const
  const text = textToSign({
    declaration: {
      id,
      responseId: 'ncp-2020',
      rulesVersion: 14,
      conveyance: { kind: 'car', plate: '鄂A12345' },
      people: [
        { ...person, stays: [], symptoms: [...symptoms], name: '王小明' },
        { ...person, stays: [], symptoms: [], name: '李小红' },
      ],
    },
    cityCode,
    issuedAtMs: Math.floor(Date.now() / 60_000) * 60_000,
    validHours: 24,
  })
  return withSignature(text, sign(null, Buffer.from(text), privateKey))
}

let browser: Browser
let server: StubServer
beforeAll(async () => {
  browser = await openBrowser()
  server = await startStubServer(inject('fronts').field)
  const { x = '' } = keys.publicKey.export({ format: 'jwk' })
  server.content.declarations = { cityCode, publicKey: Buffer.from(x, 'base64url').toString('base64') }
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** Keys as fast as a reader sends them. */
const burst = (page: Page, text: string): Promise<void> =>
  page.evaluate((typed) => {
    for (const key of [...typed, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, text)

const confirmAndMeasure = async (page: Page): Promise<void> => {
  const sheet = page.getByRole('dialog', { name: '申报' })
  await sheet.getByText('申报 2 人').waitFor()
  await check(page, 'declaration found')
  await sheet.getByRole('button', { name: '用这个结果' }).click()
  await page.getByRole('button', { name: '车牌 鄂A·12345，点按修改' }).waitFor()
  await page.getByRole('button', { name: '全部低于 37.3 摄氏度' }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByRole('button', { name: '下一辆' }).waitFor()
}

it('takes a declaration from a reader, gives the plate back, and notes it as shown with its vehicle', async () => {
  const { page, faults } = await openPhone(browser)
  await startShift(page, server)
  await burst(page, codeOf('ABCDEFGHIJKLMNOP'))
  await confirmAndMeasure(page)
  await expect.poll(() => server.uses.length, { timeout: 60_000 }).toBe(1)
  const [use] = server.uses
  expect(use?.declarationId).toBe('ABCDEFGHIJKLMNOP')
  const screening = server.stored.get(use?.screeningId ?? '')?.command
  expect(screening?.conveyance.plate).toBe('鄂A12345')
  expect(screening?.travellers.map(({ name }) => name)).toEqual(['王小明', '李小红'])
  expect(faults).toEqual([])
})

it('lets a declared car pass at one tap, and only where nothing was declared to ask about', async () => {
  const before = server.uses.length
  const { page, faults } = await openPhone(browser)
  await startShift(page, server)
  await burst(page, codeOf('MNOPQRSTUVWXYZ23'))
  const sheet = page.getByRole('dialog', { name: '申报' })
  await sheet.getByRole('button', { name: '用这个结果' }).waitFor()
  expect(await sheet.getByRole('button', { name: /放行/ }).count()).toBe(0)
  await sheet.getByRole('button', { name: '重新输入' }).click()
  await burst(page, codeOf('ABCDEFGH23456723', keys, []))
  await check(page, 'declaration that may pass')
  await sheet.getByRole('button', { name: '2 人全部低于 37.3，放行' }).click()
  await page.locator('.passed').getByText('鄂A·12345').waitFor()
  await page.getByRole('group', { name: '车牌键盘' }).waitFor()
  await check(page, 'declared car passed')
  await expect.poll(() => server.uses.length, { timeout: 60_000 }).toBe(before + 1)
  const screening = server.stored.get(server.uses.at(-1)?.screeningId ?? '')?.command
  expect(screening?.travellers.map(({ name, readings }) => [name, readings[0]?.underThreshold])).toEqual([
    ['王小明', true],
    ['李小红', true],
  ])
  expect(faults).toEqual([])
})

it('takes one that is pasted, and sends nothing of a vehicle that was taken back', async () => {
  const before = server.uses.length
  const { page } = await openPhone(browser)
  await startShift(page, server)
  await page.getByRole('button', { name: /^车种/ }).click()
  await page.getByLabel('申报码（输入、粘贴或扫码枪）').fill(codeOf('QRSTUVWXYZ234567').toLowerCase())
  await page.getByRole('button', { name: '核对' }).click()
  await confirmAndMeasure(page)
  await page.getByRole('button', { name: /撤销/ }).first().click()
  await page.getByRole('group', { name: '体温键盘' }).waitFor()
  await page.getByRole('button', { name: '完成' }).click()
  await expect.poll(() => server.uses.length, { timeout: 60_000 }).toBe(before + 1)
  await seeChip(page, '已同步')
  expect(server.uses.slice(before).map(({ declarationId }) => declarationId)).toEqual(['QRSTUVWXYZ234567'])
})

it('says in words why a code that another key signed does not count, and fills nothing in', async () => {
  const { page } = await openPhone(browser)
  await startShift(page, server)
  await burst(page, codeOf('ABCDEFGHIJKLMNOP', strangers))
  const sheet = page.getByRole('dialog', { name: '申报' })
  await sheet.getByRole('alert').waitFor()
  expect(await sheet.getByRole('button', { name: '用这个结果' }).count()).toBe(0)
  await sheet.getByRole('button', { name: '重新输入' }).click()
  await page.getByRole('button', { name: /^车牌 粤C/ }).waitFor()
})
