import { contactDevice } from '@guankou/contract/access/device-contact.ts'
import { restoreDevice, revokeDevice } from '@guankou/contract/access/device-removal.ts'
import { type DeviceView, listDevices } from '@guankou/contract/access/devices.ts'
import { bindDevice, enrolDevice, issueEnrolmentCode } from '@guankou/contract/access/enrolment.ts'
import { fetchPack, type PackContent } from '@guankou/contract/sync/pack.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { writePhonePolicy } from '@guankou/db/queries/access/phone-policy.ts'
import { aScreening } from '@guankou/testkit/factories/screening.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createTestPhone, type TestPhone } from '../../../tests-support/test-phone.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const xiangzhou = 440402
const doumen = 440403
const strict = { enrolment: 'by-code', pin: 'required', mostPinTries: 10, lockAfterMinutes: 10 } as const
const outbox = { queued: 1, rejected: 0, unreadable: 0 }

describe.each(inject('databaseServers'))('devices on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let lead: TestSession
  let serial = 0
  let address = 0
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    lead = await server.signIn('post-lead', xiangzhou)
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })
  beforeEach(async () => {
    server.clock.now += 60_000
    await writePhonePolicy(server.db.query, { ...strict, enrolment: 'on-the-spot' })
  })

  const sentAt = (): string => new Date(server.clock.now).toISOString()
  const fresh = () => aScreening({ jurisdiction: xiangzhou }, ++serial)
  /** Whoever calls without a session comes from an address of their own, past the limit on tries. */
  const open = (path: string, body: object) => {
    address += 1
    return server.send({
      path,
      body,
      headers: { 'x-forwarded-for': `10.2.${address >> 8}.${address & 255}`, 'x-guankou-client': 'field' },
    })
  }
  const codeFor = async (session: TestSession, area: number, label = '下栅 3 号机') => {
    const answer = await session.client.call(issueEnrolmentCode, { body: { area, label } })
    return answer.is === 'ok' ? answer.value.code : answer
  }
  const enrolBody = async (phone: TestPhone, code: string) => ({
    code,
    deviceId: phone.device.id,
    publicKey: phone.publicKey,
    sentAt: sentAt(),
    proof: await phone.prove('enrol', sentAt(), [code, phone.publicKey]),
  })
  const viewOf = async (phone: TestPhone, session = lead): Promise<DeviceView | undefined> => {
    const answer = await session.client.call(listDevices, {})
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.devices.find(({ id }) => id === phone.device.id)
  }
  const push = async (session: TestSession, phone: TestPhone, commands: unknown[], proof?: string) =>
    session.send({
      path: pushCommands.path,
      body: {
        deviceId: phone.device.id,
        sentAt: sentAt(),
        outbox,
        commands,
        proof: proof ?? (await phone.prove('push', sentAt(), [outbox, commands])),
      },
    })
  const contact = async (phone: TestPhone, more: { wiped?: string; losses?: object[] } = {}) => {
    const [wiped, losses] = [more.wiped ?? null, more.losses ?? []]
    const proof = await phone.prove('contact', sentAt(), [wiped, losses])
    return open(contactDevice.path, { deviceId: phone.device.id, sentAt: sentAt(), wiped, losses, proof })
  }
  /** A phone at work: signed in, its key registered on the spot. */
  const bound = async (area = xiangzhou) => {
    const phone = await createTestPhone()
    const session = await server.signIn('inspector', area, phone.device)
    const body = await phone.bindBody(session.actor.accountId, sentAt())
    const answer = await session.client.call(bindDevice, { body })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return { phone, session, attribution: answer.value.attribution }
  }

  describe('an enrolment code', () => {
    it('makes one phone a device of its area, under the name it was given', async () => {
      const phone = await createTestPhone()
      const code = (await codeFor(lead, xiangzhou)) as string
      const answer = await open(enrolDevice.path, await enrolBody(phone, code))
      expect(answer.json).toEqual({ deviceId: phone.device.id, label: '下栅 3 号机', areaCode: xiangzhou })
      expect(await viewOf(phone)).toMatchObject({ keyed: true, label: '下栅 3 号机', revokedAt: null })
      const second = await createTestPhone()
      expect((await open(enrolDevice.path, await enrolBody(second, code))).json).toMatchObject({
        code: 'ENROLMENT_CODE_SPENT',
      })
      // Signing in does not rename it.
      await server.signIn('inspector', xiangzhou, phone.device)
      expect((await viewOf(phone))?.label).toBe('下栅 3 号机')
    })

    it('is spent by one of many who try at once', async () => {
      const code = (await codeFor(lead, xiangzhou)) as string
      const phones = await Promise.all(Array.from({ length: 6 }, () => createTestPhone()))
      const bodies = await Promise.all(phones.map((phone) => enrolBody(phone, code)))
      const answers = await Promise.all(bodies.map((body) => open(enrolDevice.path, body)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(5).fill(401)])
    })

    it('is over after ten minutes, and stays unspent where the proof is wrong', async () => {
      const phone = await createTestPhone()
      const code = (await codeFor(lead, xiangzhou)) as string
      const stranger = await createTestPhone()
      const forged = { ...(await enrolBody(phone, code)), publicKey: stranger.publicKey }
      expect((await open(enrolDevice.path, forged)).json).toMatchObject({ code: 'DEVICE_PROOF_WRONG' })
      server.clock.now += 10 * 60_000
      expect((await open(enrolDevice.path, await enrolBody(phone, code))).json).toMatchObject({
        code: 'ENROLMENT_CODE_SPENT',
      })
      const next = (await codeFor(lead, xiangzhou)) as string
      expect((await open(enrolDevice.path, await enrolBody(phone, next))).status).toBe(200)
    })

    it('is kept as a digest, and made only inside the own area', async () => {
      const code = (await codeFor(lead, xiangzhou)) as string
      const { rows } = await server.db.pool.query('select code_digest from enrolment_codes')
      const kept = rows.map(({ code_digest }: { code_digest: Buffer }) => code_digest.toString('latin1'))
      expect(kept.join()).not.toContain(code)
      expect(server.logged.join('')).not.toContain(code)
      expect(await codeFor(lead, doumen)).toMatchObject({ error: { code: 'OUTSIDE_AREA' } })
      const inspector = await server.signIn('inspector', xiangzhou)
      expect(await codeFor(inspector, xiangzhou)).toMatchObject({ error: { code: 'ROLE_NOT_ALLOWED' } })
    })
  })

  describe('where phones are enrolled with a code', () => {
    beforeEach(() => writePhonePolicy(server.db.query, strict))

    it('lets no other phone sign in, and leaves its link unspent', async () => {
      server.clock.now += 6_000
      const phone = await createTestPhone()
      await expect(server.signIn('inspector', xiangzhou, phone.device)).rejects.toThrow('DEVICE_NOT_ENROLLED')
      const code = (await codeFor(lead, xiangzhou)) as string
      await open(enrolDevice.path, await enrolBody(phone, code))
      const session = await server.signIn('inspector', xiangzhou, phone.device)
      const answer = await push(session, phone, [fresh()])
      expect(answer.status, answer.text).toBe(200)
    })

    it('does not hear a phone that was enrolled on the spot before and has no key', async () => {
      await writePhonePolicy(server.db.query, { ...strict, enrolment: 'on-the-spot' })
      const phone = await createTestPhone()
      const session = await server.signIn('inspector', xiangzhou, phone.device)
      await writePhonePolicy(server.db.query, strict)
      server.clock.now += 6_000
      expect((await push(session, phone, [fresh()])).json).toMatchObject({ code: 'DEVICE_NOT_ENROLLED' })
      const body = await phone.bindBody(session.actor.accountId, sentAt())
      expect(await session.client.call(bindDevice, { body })).toMatchObject({
        error: { code: 'DEVICE_NOT_ENROLLED' },
      })
    })
  })

  describe('a device with a key', () => {
    it('is heard with its proof, and not with another, of other content, or none', async () => {
      const { phone, session } = await bound()
      const commands = [fresh()]
      expect((await push(session, phone, commands)).status).toBe(200)
      const stranger = await createTestPhone()
      const wrong = [
        await stranger.prove('push', sentAt(), [outbox, commands]),
        await phone.prove('push', sentAt(), [outbox, [fresh()]]),
        await phone.prove('contact', sentAt(), [outbox, commands]),
      ]
      for (const proof of wrong)
        expect((await push(session, phone, commands, proof)).json).toMatchObject({
          code: 'DEVICE_PROOF_WRONG',
          retry: 'after-sign-in',
        })
      const bare = { deviceId: phone.device.id, sentAt: sentAt(), outbox, commands }
      expect((await session.send({ path: pushCommands.path, body: bare })).json).toMatchObject({
        code: 'DEVICE_PROOF_WRONG',
      })
    })

    it('cannot be taken over by another key', async () => {
      const { phone } = await bound()
      const thief = await createTestPhone('Test phone', phone.device.id)
      const stolen = await server.signIn('inspector', xiangzhou, phone.device)
      const body = await thief.bindBody(stolen.actor.accountId, sentAt())
      expect(await stolen.client.call(bindDevice, { body })).toMatchObject({
        error: { code: 'DEVICE_KEY_TAKEN' },
      })
      // Nor with the words of the owner: a proof is for one account.
      const own = await phone.bindBody('another account', sentAt())
      expect(await stolen.client.call(bindDevice, { body: own })).toMatchObject({
        error: { code: 'DEVICE_PROOF_WRONG' },
      })
      expect((await viewOf(phone))?.keyed).toBe(true)
    })
  })

  describe('taking a phone out of use', () => {
    const revoke = (session: TestSession, phone: TestPhone, wipe: boolean) =>
      session.client.call(revokeDevice, { body: { deviceId: phone.device.id, reason: 'lost', wipe } })

    it('refuses it at once, and hears it again once it is put back', async () => {
      const { phone, session } = await bound()
      expect(await revoke(lead, phone, false)).toMatchObject({ is: 'ok' })
      expect((await push(session, phone, [fresh()])).json).toMatchObject({ code: 'DEVICE_REVOKED' })
      expect((await contact(phone)).json).toEqual({ state: 'revoked', wipeRequestedAt: null })
      expect(await viewOf(phone)).toMatchObject({ revocationReason: 'lost', wipeRequestedAt: null })
      await lead.client.call(restoreDevice, { body: { deviceId: phone.device.id } })
      server.clock.now += 6_000
      expect((await push(session, phone, [fresh()])).status).toBe(200)
      expect((await contact(phone)).json).toMatchObject({ state: 'active' })
    })

    it('tells the phone to wipe itself, under any session and under none, until it says it did', async () => {
      const { phone, session } = await bound()
      await revoke(lead, phone, true)
      const { wipeRequestedAt } = (await viewOf(phone)) ?? {}
      server.clock.now += 6_000
      expect((await push(session, phone, [fresh()])).json).toMatchObject({ code: 'DEVICE_WIPE_REQUESTED' })
      const pack = await session.send({ path: fetchPack.path })
      expect(pack.json).toMatchObject({ code: 'DEVICE_WIPE_REQUESTED' })
      expect((await contact(phone)).json).toEqual({ state: 'wipe', wipeRequestedAt })
      const loss = {
        accountId: session.actor.accountId,
        at: sentAt(),
        cause: 'wipe',
        commands: 2,
        commandIds: [fresh().id, fresh().id],
      }
      const told = await contact(phone, { wiped: wipeRequestedAt ?? '', losses: [loss] })
      expect(told.json).toEqual({ state: 'revoked', wipeRequestedAt })
      expect(await viewOf(phone)).toMatchObject({ wipedAt: sentAt(), losses: [loss] })
      // Told again, it is kept once; and a phone that is gone does not come back under its old name.
      await contact(phone, { wiped: wipeRequestedAt ?? '', losses: [loss] })
      expect((await viewOf(phone))?.losses).toHaveLength(1)
      expect(await lead.client.call(restoreDevice, { body: { deviceId: phone.device.id } })).toMatchObject({
        error: { code: 'DEVICE_WIPED' },
      })
    })

    it('is for the post lead and the administrator, in their own area', async () => {
      const { phone } = await bound()
      const stranger = await server.signIn('post-lead', doumen)
      expect(await revoke(stranger, phone, true)).toMatchObject({ error: { code: 'UNKNOWN_DEVICE' } })
      const auditor = await server.signIn('auditor', 440400)
      expect(await revoke(auditor, phone, true)).toMatchObject({ error: { code: 'ROLE_NOT_ALLOWED' } })
      const administrator = await server.signIn('administrator', 440400)
      expect(await revoke(administrator, phone, false)).toMatchObject({ is: 'ok' })
      const { rows } = await server.db.pool.query(
        "select outcome, detail from audit_entries where action = 'access.revoke-device' and subject = $1",
        [phone.device.id],
      )
      expect(rows).toEqual([{ outcome: 'done', detail: 'lost' }])
    })

    it('hears no contact without the key: nobody else can acknowledge, nor ask', async () => {
      const { phone } = await bound()
      await revoke(lead, phone, true)
      const { wipeRequestedAt } = (await viewOf(phone)) ?? {}
      const stranger = { ...(await createTestPhone()), device: phone.device }
      const answer = await contact(stranger, { wiped: wipeRequestedAt ?? '' })
      expect(answer.json).toMatchObject({ code: 'DEVICE_PROOF_WRONG' })
      expect((await viewOf(phone))?.wipedAt).toBeNull()
      expect((await contact(await createTestPhone())).json).toMatchObject({ code: 'DEVICE_NOT_ENROLLED' })
    })
  })

  describe('a sealed record', () => {
    const sealingKeyOf = async (session: TestSession): Promise<string> => {
      const answer = await session.client.call(fetchPack, {})
      if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
      const { sealingKey, phones } = JSON.parse(answer.value.content) as PackContent
      expect(phones).toMatchObject({ pin: 'required', mostPinTries: 10 })
      return sealingKey ?? ''
    }
    const outcomesOf = (answer: { json: unknown }) =>
      (answer.json as { outcomes: { outcome: string; code?: string; id: string }[] }).outcomes
    const makerOf = async (id: string): Promise<string | undefined> => {
      const { rows } = await server.db.pool.query<{ account_id: string }>(
        'select account_id from screenings where id = $1',
        [id],
      )
      return rows[0]?.account_id
    }
    /** Two people on one phone: the first has gone, the second carries. */
    const shared = async () => {
      const first = await bound()
      const second = await server.signIn('post-lead', xiangzhou, first.phone.device)
      return { ...first, second, sealingKey: await sealingKeyOf(first.session) }
    }

    it('is recorded under the name of its maker, whoever carries it, and once', async () => {
      const { phone, session, second, attribution, sealingKey } = await shared()
      const [sealed, own] = [fresh(), fresh()]
      const parcel = await phone.seal(sealingKey, { attribution, command: sealed }, sealed.id)
      const answer = await push(second, phone, [parcel, own])
      expect(outcomesOf(answer).map(({ outcome, id }) => [outcome, id])).toEqual([
        ['accepted', sealed.id],
        ['accepted', own.id],
      ])
      expect(await makerOf(sealed.id)).toBe(session.actor.accountId)
      expect(await makerOf(own.id)).toBe(second.actor.accountId)
      expect(outcomesOf(await push(second, phone, [parcel]))).toMatchObject([
        { outcome: 'accepted', duplicate: true },
      ])
      // In the clear under the session of its maker it is the same record.
      expect(outcomesOf(await push(session, phone, [sealed]))).toMatchObject([
        { outcome: 'accepted', duplicate: true },
      ])
      const { rows } = await server.db.pool.query(
        "select detail from audit_entries where action = 'sync.push' and account_id = $1 order by seq limit 1",
        [second.actor.accountId],
      )
      expect(rows).toMatchObject([{ detail: expect.stringContaining('1 carried for others') }])
    })

    it('opens for no other device, no other command and no other attribution, and its neighbours pass', async () => {
      const { phone, second, attribution, sealingKey } = await shared()
      const other = await bound()
      const commands = Array.from({ length: 7 }, fresh)
      const [elsewhere, renamed, spliced, forged, borrowed, torn, good] = commands
      if (!elsewhere || !renamed || !spliced || !forged || !borrowed || !torn || !good) throw new Error('')
      const seal = (command: { id: string }, text: string) =>
        phone.seal(sealingKey, { attribution: text, command }, command.id)
      const answer = await push(second, phone, [
        await phone.seal(
          sealingKey,
          { attribution, command: elsewhere },
          elsewhere.id,
          other.phone.device.id,
        ),
        { ...(await seal(renamed, attribution)), id: fresh().id },
        await phone.seal(sealingKey, { attribution, command: fresh() }, spliced.id),
        await seal(forged, `${attribution.slice(0, -3)}AAA`),
        await seal(borrowed, other.attribution),
        { kind: 'sync.parcel', id: torn.id, enc: 'short', ct: '' },
        await seal(good, attribution),
      ])
      expect(outcomesOf(answer).map(({ outcome, code }) => code ?? outcome)).toEqual([
        'PARCEL_UNREADABLE',
        'PARCEL_UNREADABLE',
        'PARCEL_UNREADABLE',
        'ATTRIBUTION_REFUSED',
        'ATTRIBUTION_REFUSED',
        'INVALID_INPUT',
        'accepted',
      ])
    })

    it('bears no name whose account was disabled when it was made, nor one after the attribution was over', async () => {
      const { phone, session, second, attribution, sealingKey } = await shared()
      const [before, after] = [fresh(), fresh()]
      const seal = (command: { id: string }) => phone.seal(sealingKey, { attribution, command }, command.id)
      const disabledAt = new Date(Date.parse(before.occurredAt) - 1)
      await server.db.pool.query('update accounts set disabled_at = $2 where id = $1', [
        session.actor.accountId,
        disabledAt,
      ])
      expect(outcomesOf(await push(second, phone, [await seal(before)]))).toMatchObject([
        { code: 'ATTRIBUTION_REFUSED' },
      ])
      await server.db.pool.query('update accounts set disabled_at = null where id = $1', [
        session.actor.accountId,
      ])
      expect(outcomesOf(await push(second, phone, [await seal(after)]))).toMatchObject([
        { outcome: 'accepted' },
      ])
      const command = fresh()
      const late = server.context.parcels.attribute({
        accountId: session.actor.accountId,
        deviceId: phone.device.id,
        untilMs: Date.parse(command.occurredAt) - 6 * 60_000,
      })
      const parcel = await phone.seal(sealingKey, { attribution: late, command }, command.id)
      expect(outcomesOf(await push(second, phone, [parcel]))).toMatchObject([{ code: 'ATTRIBUTION_REFUSED' }])
    })

    it('is sealed to a key that stays the same for the same root key', async () => {
      const again = await startTestServer({ databaseUrl: database.url })
      expect(again.context.parcels.sealingKey).toBe(server.context.parcels.sealingKey)
      await again.close()
    })
  })
})
