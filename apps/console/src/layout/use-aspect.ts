import { type RefObject, useEffect, useRef, useState } from 'react'

type Insets = { readonly top: number; readonly bottom: number; readonly side: number }

/** Until the box was measured; that of a card beside another on a wide screen. */
const usualAspect = 1.9

/** Width divided by height of what insets leave of a box, anew when it changes by more than a trifle. */
export const useAspect = (insets: Insets): readonly [RefObject<HTMLDivElement | null>, number] => {
  const box = useRef<HTMLDivElement>(null)
  const [aspect, setAspect] = useState(usualAspect)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      const width = Math.max(1, element.clientWidth - 2 * insets.side)
      const height = Math.max(1, element.clientHeight - insets.top - insets.bottom)
      const next = width / height
      setAspect((current) => (Math.abs(next - current) > 0.02 ? next : current))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [insets])
  return [box, aspect]
}
