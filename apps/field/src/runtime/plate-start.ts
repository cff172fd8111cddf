/** What plates of this city begin with. */
export const usualPlateStart = '粤C'
