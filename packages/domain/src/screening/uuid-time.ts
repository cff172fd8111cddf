/**
 * Unix time in milliseconds that a UUID version 7 carries in its first 48 bits (RFC 9562 §5.7).
 * @example uuidTimeMs('016fd2a8-5c80-7000-8000-000000000000') // 1579788000384
 */
export const uuidTimeMs = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
