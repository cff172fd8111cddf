const msPerDay = 86_400_000

/** Days since 1970-01-01 of a civil day such as 2020-01-18. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / msPerDay

/** The civil day with a number of days since 1970-01-01. */
export const civilDay = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10)
