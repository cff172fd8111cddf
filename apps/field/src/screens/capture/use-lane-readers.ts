import { type RefObject, useEffect, useRef } from 'react'
import { hearThermometer, thermometerDoubt } from '#src/capture/thermometer/thermometer-at-hand.ts'
import { useWedge } from '#src/capture/wedge/use-wedge.ts'
import type { WedgeTaken } from '#src/capture/wedge/wedge-document.ts'
import { seatForDocument } from '#src/lane/document-seat.ts'
import { activeTraveller, type Draft } from '#src/lane/draft.ts'
import type { DraftAction } from '#src/lane/draft-reducer.ts'
import { digitsOf } from '#src/lane/temperature.ts'
import { localDay } from './local-day.ts'

type Lane = {
  readonly draft: Draft
  readonly act: (action: DraftAction) => void
  readonly thresholdCelsius: number
  /** A declaration that was read, as text; nothing of it is checked yet. */
  readonly onDeclaration: (text: string) => void
  /** A health certificate that was read, as text, and who it is taken to belong to. */
  readonly onCertificate: (text: string, seat: number) => void
}

type TakeBurst = (pending: readonly string[], text: string, today: string) => WedgeTaken

/** The rules of documents are large and no part of the first load; they are there long before somebody holds a card. */
const useTakeBurst = (): RefObject<TakeBurst | undefined> => {
  const take = useRef<TakeBurst>(undefined)
  useEffect(() => {
    void import('#src/capture/wedge/wedge-document.ts').then((rules) => {
      take.current = rules.takeBurst
    })
  }, [])
  return take
}

/** A reader's document goes to a person and their details open, so that somebody sees what came. */
const useDocumentReader = ({ draft, act, onDeclaration, onCertificate }: Lane): void => {
  const pending = useRef<readonly string[]>([])
  const takeBurst = useTakeBurst()
  useWedge({
    remember: () => draft,
    onRead: (text, before) => {
      const taken = takeBurst.current?.(pending.current, text, localDay(Date.now()))
      if (taken === undefined) return false
      pending.current = taken.pending
      if (taken.declaration !== undefined) {
        act({ do: 'replace', draft: before })
        onDeclaration(taken.declaration)
        return true
      }
      if (taken.certificate !== undefined) {
        // Where a sheet is open it has a field for it, and the text stands there.
        if (document.querySelector('dialog[open]') !== null) return false
        act({ do: 'replace', draft: before })
        onCertificate(taken.certificate, activeTraveller(before).seat)
        return true
      }
      if (taken.document === undefined && taken.pending.length === 0) return false
      act({ do: 'replace', draft: before })
      if (taken.document === undefined) return true
      const { kind, number, name } = taken.document
      const change = { documentKind: kind, documentNumber: number, ...(name === '' ? {} : { name }) }
      act({ do: 'document', seat: seatForDocument(before, number), change })
      return true
    },
  })
}

/** What a connected thermometer measures is typed for the person whose turn it is, and erased like any typed number. */
const useThermometer = ({ draft, act, thresholdCelsius }: Lane): void => {
  const isAsked = draft.panel === 'temperature'
  const { typed } = activeTraveller(draft)
  useEffect(() => {
    if (!isAsked) return
    return hearThermometer((measured) => {
      thermometerDoubt.set(!measured.ok)
      if (!measured.ok) return
      const at = new Date(Date.now()).toISOString()
      for (const _ of typed) act({ do: 'temperature-back' })
      for (const digit of digitsOf(measured.reading.temperatureCelsius))
        act({ do: 'digit', digit, at, thresholdCelsius })
    })
  }, [isAsked, typed, act, thresholdCelsius])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was doubted is over once somebody goes on
  useEffect(() => thermometerDoubt.set(false), [draft.activeSeat, draft.panel, typed])
}

/** Readers at the keyboard and thermometers by Bluetooth write where a hand would. */
export const useLaneReaders = (lane: Lane): void => {
  useDocumentReader(lane)
  useThermometer(lane)
}
