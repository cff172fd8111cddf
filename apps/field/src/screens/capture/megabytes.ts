/** Size as people say it, one decimal: 18.5. */
export const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)
