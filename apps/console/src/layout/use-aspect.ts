import { type RefObject, useEffect, useRef, useState } from 'react'

/** Width of a box divided by its height, anew when it changes by more than a trifle. */
export const useAspect = (first: number): readonly [RefObject<HTMLDivElement | null>, number] => {
  const box = useRef<HTMLDivElement>(null)
  const [aspect, setAspect] = useState(first)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      const next = element.clientWidth / Math.max(1, element.clientHeight)
      setAspect((current) => (Math.abs(next - current) > 0.02 ? next : current))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, aspect]
}
