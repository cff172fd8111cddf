/** The day where the phone is, YYYY-MM-DD. @param nowMs  Unix time, milliseconds */
export const localDay = (nowMs: number): string => {
  const now = new Date(nowMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
