import { describe, expect, it } from 'vitest'
import { kindOfFailure, reasonOf } from './failure.ts'

const stamp = '2026-01-23 02:00:00.000 UTC [41] '

describe('the last words of PostgreSQL', () => {
  it.each([
    [
      'disk-full',
      [`${stamp}PANIC:  could not write to file "pg_wal/xlogtemp.41": No space left on device`],
      'could not write to file "pg_wal/xlogtemp.41": No space left on device',
    ],
    [
      'disk-full',
      [
        `running bootstrap script ... ${stamp}FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10`,
        `${stamp}PANIC:  cannot abort transaction 1, it was already committed`,
      ],
      'could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10',
    ],
    [
      'port-taken',
      [
        `${stamp}LOG:  could not bind IPv4 address "127.0.0.1": Address already in use`,
        `${stamp}FATAL:  could not create any TCP/IP sockets`,
      ],
      `${stamp}LOG:  could not bind IPv4 address "127.0.0.1": Address already in use`,
    ],
    [
      'still-in-use',
      [`${stamp}FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use`],
      'pre-existing shared memory block (key 1, ID 2) is still in use',
    ],
    [
      'permission',
      ['postgres: could not access the server configuration file "/data/postgresql.conf": Permission denied'],
      'postgres: could not access the server configuration file "/data/postgresql.conf": Permission denied',
    ],
    [
      'corrupt',
      [
        `${stamp}LOG:  invalid checkpoint record`,
        `${stamp}PANIC:  could not locate a valid checkpoint record at 0/152C878`,
        `${stamp}LOG:  startup process (PID 41) was terminated by signal 6: Aborted`,
      ],
      'could not locate a valid checkpoint record at 0/152C878',
    ],
    [
      'other',
      [`${stamp}FATAL:  unrecognized configuration parameter "sharde_buffers"`, 'done'],
      'unrecognized configuration parameter "sharde_buffers"',
    ],
    ['other', [], 'it said nothing'],
  ] as const)('mean %s', (kind, lines, reason) => {
    expect(kindOfFailure(lines)).toBe(kind)
    expect(reasonOf(lines)).toBe(reason)
  })

  it('are no sign of damage where a server at work only logged a client that failed', () => {
    expect(
      kindOfFailure([`${stamp}LOG:  could not receive data from client: Connection reset by peer`]),
    ).toBe('other')
  })
})
