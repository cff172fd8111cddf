import { describe, expect, it } from 'vitest'
import { hashPassword, isPasswordOf, TooManyPasswordsError } from './password-hash.ts'

describe('a password hash', () => {
  it('is Argon2id with the parameters in it, and another each time', async () => {
    const [one, two] = await Promise.all([
      hashPassword('关口 correct horse'),
      hashPassword('关口 correct horse'),
    ])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await isPasswordOf(one, '关口 correct horse')).toBe(true)
    expect(await isPasswordOf(one, '关口 correct hors')).toBe(false)
  })

  it('of other parameters is checked with those', async () => {
    // Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await isPasswordOf(reference, 'password')).toBe(true)
    expect(await isPasswordOf(reference, 'passwore')).toBe(false)
  })

  it('does not mind how the keyboard composed a letter', async () => {
    expect(await isPasswordOf(await hashPassword('Zoe\u0308 at the gate'), 'Zo\u00eb at the gate')).toBe(true)
  })

  it('of an unknown kind is a fault, not a wrong password', async () => {
    await expect(isPasswordOf('$2b$10$abc', 'x')).rejects.toThrow('not one of Argon2id')
  })

  it('is refused, not queued for ever, where too many are asked for at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hashPassword('x')))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused).toHaveLength(8)
    expect(refused.every(({ reason }) => reason instanceof TooManyPasswordsError)).toBe(true)
    expect(await hashPassword('afterwards')).toContain('$argon2id$')
  })
})
