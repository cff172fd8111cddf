const channel = (value: number): number => {
  const share = value / 255
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

const luminance = (hex: string): number => {
  const at = (index: number) => channel(Number.parseInt(hex.slice(index, index + 2), 16))
  return 0.2126 * at(1) + 0.7152 * at(3) + 0.0722 * at(5)
}

/**
 * Contrast of two colours written `#rrggbb`, from 1 (none) to 21 (black on white).
 * Source: WCAG 2.2, "contrast ratio" and "relative luminance", https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 * @example contrastRatio('#000000', '#ffffff') // 21
 */
export const contrastRatio = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
