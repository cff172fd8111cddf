import { once } from 'node:events'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { runCli, startCli } from '../../tests-support/run-cli.ts'

const small = ['simulate', '--date', '2020-01-23', '--volume', '0.01']

describe('guankou simulate', () => {
  it('prints the same commands for the same seed, others for another', async () => {
    const [one, again, other] = await Promise.all([
      runCli([...small, '--seed', '7']),
      runCli([...small, '--seed', '7']),
      runCli([...small, '--seed', '8']),
    ])
    expect(one.code).toBe(0)
    expect(again).toEqual(one)
    expect(other.stdout).not.toBe(one.stdout)
    expect(one.stderr).toBe('')
    const lines = one.stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(20)
    for (const line of lines) expect(Value.Check(RecordScreening, JSON.parse(line))).toBe(true)
  })

  it('ends without a word where its reader has seen enough, as head does', async () => {
    const cli = startCli(['simulate', '--date', '2020-01-23', '--days', '30'])
    const { stdout } = cli.process
    if (stdout === null) throw new Error('there is no output to read')
    await once(stdout, 'data')
    stdout.destroy()
    expect(await cli.finished).toMatchObject({ code: 0, stderr: '' })
  })

  it('refuses options that say nothing it could draw', async () => {
    const wrong = [
      ['simulate'],
      ['simulate', '--date', '2020-02-30'],
      [...small, '--seed', 'x'],
      [...small, '--volume', '0'],
      [...small, '--days', '367'],
    ]
    for (const { code, stderr, stdout } of await Promise.all(wrong.map((args) => runCli(args)))) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^error: /)
      expect(stdout).toBe('')
    }
  })
})
