import type { Measure } from '@guankou/contract/monitoring/endpoints.ts'
import type { Signal } from '@guankou/contract/monitoring/vocabulary.ts'
import type { Unit } from '@guankou/ui/format/quantity.ts'

/** What a measure counts. */
export const unitOfMeasure = (measure: Measure): Unit => (measure === 'vehicles' ? 'vehicle' : 'person')

/** What alarms of a signal are about. */
export const unitOfSignal = (signal: Signal): Unit => (signal === 'fever' ? 'person' : 'vehicle')
