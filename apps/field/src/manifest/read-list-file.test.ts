import { describe, expect, it } from 'vitest'
import { mostListBytes, readListFile } from './read-list-file.ts'

const gbk = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xcd, 0xf5])
const rowsOf = (bytes: Uint8Array) => {
  const read = readListFile(bytes)
  return read.is === 'rows' ? [read.format, read.rows.map(({ cells }) => cells.join())] : read.is
}

describe('a list from a file', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('姓名\n王'), 'CSV, UTF-8'],
    ['GBK', gbk, 'CSV, GB18030'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0xd3, 0x59, 0x0d, 0x54, 0x0a, 0, 0x8b, 0x73]), 'CSV, UTF-16LE'],
  ])('is read in %s', (_, bytes, format) => {
    expect(rowsOf(bytes)).toEqual([format, ['姓名', '王']])
  })

  it.each([
    ['old', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1])],
    ['old', new TextEncoder().encode(' <html><table>')],
    ['unreadable', new Uint8Array([0x50, 0x4b, 3, 4, 9])],
    ['unreadable', new Uint8Array([0xff, 0xff, 0xff])],
    ['too-large', new Uint8Array(mostListBytes + 1)],
  ])('is told to be %s', (is, bytes) => {
    expect(readListFile(bytes)).toEqual({ is })
  })
})
