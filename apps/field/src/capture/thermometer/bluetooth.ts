import { readMeasurement, type ThermometerMeasurement } from './measurement.ts'

/** The part of Web Bluetooth that is used; no browser types describe it, and not every browser has it. */
type Characteristic = EventTarget & {
  readonly value?: DataView | undefined
  readonly startNotifications: () => Promise<unknown>
}
type Server = {
  readonly connected: boolean
  readonly connect: () => Promise<Server>
  readonly disconnect: () => void
  readonly getPrimaryService: (
    service: string,
  ) => Promise<{ readonly getCharacteristic: (name: string) => Promise<Characteristic> }>
}
type Device = EventTarget & { readonly name?: string; readonly gatt?: Server }
export type Bluetooth = {
  readonly getAvailability?: () => Promise<boolean>
  readonly requestDevice: (wanted: {
    readonly filters: readonly { readonly services: readonly string[] }[]
  }) => Promise<Device>
}

export type Thermometer = { readonly name: string; readonly close: () => void }

export type Connecting =
  | { readonly ok: true; readonly thermometer: Thermometer }
  | { readonly ok: false; readonly problem: 'no-bluetooth' | 'none-chosen' | 'not-connected' }

/** Names of the Bluetooth SIG for 0x1809 and 0x2A1C. */
const service = 'health_thermometer'
const characteristicName = 'temperature_measurement'

export const bluetoothOf = (navigator: Navigator): Bluetooth | undefined =>
  (navigator as Navigator & { readonly bluetooth?: Bluetooth }).bluetooth

/** Whether a thermometer could be connected; false where browser, device or administrator leave Bluetooth out. */
export const hasBluetooth = async (bluetooth: Bluetooth | undefined): Promise<boolean> => {
  if (bluetooth === undefined) return false
  try {
    return (await bluetooth.getAvailability?.()) ?? true
  } catch {
    return false
  }
}

const choose = async (bluetooth: Bluetooth): Promise<Device | undefined> => {
  try {
    return await bluetooth.requestDevice({ filters: [{ services: [service] }] })
  } catch {
    // Closing the browser's list and finding nothing are the same error; nothing was chosen either way.
    return undefined
  }
}

/**
 * Lets the browser ask which thermometer, and hands on what it measures until it is closed or out of reach. To be called from a
 * tap, which browsers ask for.
 */
export const connectThermometer = async (
  bluetooth: Bluetooth | undefined,
  onMeasured: (measured: ThermometerMeasurement) => void,
  onGone: () => void,
): Promise<Connecting> => {
  if (bluetooth === undefined) return { ok: false, problem: 'no-bluetooth' }
  const device = await choose(bluetooth)
  if (device?.gatt === undefined) return { ok: false, problem: 'none-chosen' }
  const { gatt } = device
  try {
    const server = await gatt.connect()
    const characteristic = await (await server.getPrimaryService(service)).getCharacteristic(
      characteristicName,
    )
    const take = (): void => {
      if (characteristic.value !== undefined) onMeasured(readMeasurement(characteristic.value))
    }
    characteristic.addEventListener('characteristicvaluechanged', take)
    device.addEventListener('gattserverdisconnected', onGone, { once: true })
    await characteristic.startNotifications()
    const close = (): void => {
      characteristic.removeEventListener('characteristicvaluechanged', take)
      device.removeEventListener('gattserverdisconnected', onGone)
      gatt.disconnect()
    }
    return { ok: true, thermometer: { name: device.name ?? '', close } }
  } catch {
    gatt.disconnect()
    return { ok: false, problem: 'not-connected' }
  }
}
