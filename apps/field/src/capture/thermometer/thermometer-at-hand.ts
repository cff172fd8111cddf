import { createStore } from '#src/runtime/store.ts'
import { bluetoothOf, connectThermometer, type Thermometer } from './bluetooth.ts'
import type { ThermometerMeasurement } from './measurement.ts'

export type ThermometerState =
  | { readonly is: 'off' | 'connecting' | 'gone' | 'failed' }
  | { readonly is: 'on'; readonly name: string }

/** The thermometer of this page, which outlives the screens; one at a time. */
export const thermometerState = createStore<ThermometerState>({ is: 'off' })

/** Whether the last thing it sent was no body temperature; over with the next measurement, typed number or person. */
export const thermometerDoubt = createStore<boolean>(false)

let connected: Thermometer | undefined
const listeners = new Set<(measured: ThermometerMeasurement) => void>()

/** Hears each measurement. @returns to be called when it no longer wants to */
export const hearThermometer = (listener: (measured: ThermometerMeasurement) => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const connect = async (): Promise<void> => {
  connected?.close()
  connected = undefined
  thermometerState.set({ is: 'connecting' })
  const connecting = await connectThermometer(
    bluetoothOf(navigator),
    (measured) => {
      for (const listener of listeners) listener(measured)
    },
    () => {
      connected = undefined
      thermometerState.set({ is: 'gone' })
    },
  )
  if (connecting.ok) {
    connected = connecting.thermometer
    thermometerState.set({ is: 'on', name: connected.name })
  } else thermometerState.set({ is: connecting.problem === 'none-chosen' ? 'off' : 'failed' })
}
