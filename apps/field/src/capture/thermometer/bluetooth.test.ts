import { describe, expect, it } from 'vitest'
import { type Bluetooth, connectThermometer, hasBluetooth } from './bluetooth.ts'
import type { ThermometerMeasurement } from './measurement.ts'

/** A thermometer that can be told to measure and to go out of reach. */
const fakeThermometer = (fails = false) => {
  const characteristic = Object.assign(new EventTarget(), {
    value: undefined as DataView | undefined,
    startNotifications: async () => undefined,
  })
  const server = {
    connected: true,
    connect: async () => {
      if (fails) throw new Error('out of reach')
      return server
    },
    disconnects: 0,
    disconnect: () => {
      server.disconnects += 1
    },
    getPrimaryService: async () => ({ getCharacteristic: async () => characteristic }),
  }
  const device = Object.assign(new EventTarget(), { name: 'T-1', gatt: server })
  const bluetooth: Bluetooth = { requestDevice: async () => device }
  const measure = (...bytes: number[]): void => {
    characteristic.value = new DataView(Uint8Array.from(bytes).buffer)
    characteristic.dispatchEvent(new Event('characteristicvaluechanged'))
  }
  const leave = (): void => void device.dispatchEvent(new Event('gattserverdisconnected'))
  return { bluetooth, measure, leave, server }
}

describe('a thermometer by Bluetooth', () => {
  it('hands on what it measures until it is closed', async () => {
    const { bluetooth, measure, server } = fakeThermometer()
    const measured: ThermometerMeasurement[] = []
    const connecting = await connectThermometer(
      bluetooth,
      (each) => measured.push(each),
      () => {},
    )
    expect(connecting).toMatchObject({ ok: true, thermometer: { name: 'T-1' } })
    measure(0, 0x6c, 0x01, 0x00, 0xff)
    measure(0, 0xff)
    if (connecting.ok) connecting.thermometer.close()
    measure(0, 0x76, 0x01, 0x00, 0xff)
    expect(measured).toEqual([
      { ok: true, reading: { temperatureCelsius: 36.4, site: undefined, takenAt: undefined } },
      { ok: false, problem: 'too-short' },
    ])
    expect(server.disconnects).toBe(1)
  })

  it('says when it is out of reach', async () => {
    const { bluetooth, leave } = fakeThermometer()
    let gone = 0
    await connectThermometer(
      bluetooth,
      () => {},
      () => {
        gone += 1
      },
    )
    leave()
    expect(gone).toBe(1)
  })

  it('is missing without an error where there is no Bluetooth, none was chosen, or it does not answer', async () => {
    const nothing = (): void => {}
    const refusing: Bluetooth = { requestDevice: () => Promise.reject(new Error('cancelled')) }
    expect(await connectThermometer(undefined, nothing, nothing)).toEqual({
      ok: false,
      problem: 'no-bluetooth',
    })
    expect(await connectThermometer(refusing, nothing, nothing)).toEqual({
      ok: false,
      problem: 'none-chosen',
    })
    const { bluetooth, server } = fakeThermometer(true)
    expect(await connectThermometer(bluetooth, nothing, nothing)).toEqual({
      ok: false,
      problem: 'not-connected',
    })
    expect(server.disconnects).toBe(1)
  })

  it('is offered only where the device has it', async () => {
    const { bluetooth } = fakeThermometer()
    expect(await hasBluetooth(undefined)).toBe(false)
    expect(await hasBluetooth(bluetooth)).toBe(true)
    expect(await hasBluetooth({ ...bluetooth, getAvailability: async () => false })).toBe(false)
    expect(
      await hasBluetooth({ ...bluetooth, getAvailability: () => Promise.reject(new Error('blocked')) }),
    ).toBe(false)
  })
})
