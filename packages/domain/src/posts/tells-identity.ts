/** Fifteen to eighteen digits, the last of eighteen perhaps an X: an identity number (GB 11643), whatever its check digit. */
const identityNumber = /(?<![\d])\d{15}(?:\d{2}[\dXx])?(?![\d])/u
/** A mainland mobile number, with the marks that people set in between. */
const mobileNumber = /(?<![\d])1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![\d])/u
/** A mainland plate (GA 36): province, letter, then five or six more. */
const plate =
  /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]\s?[A-Za-z]\s?[·.-]?\s?(?=[A-Za-z\d]*\d)[A-Za-z\d]{4,6}[港澳学警领挂]?/u

/**
 * Whether a free text carries the number of somebody’s identity document, phone or vehicle. Names it cannot tell.
 * @example tellsIdentity('粤C·12345 的司机要回访') // true
 */
export const tellsIdentity = (text: string): boolean =>
  [identityNumber, mobileNumber, plate].some((pattern) => pattern.test(text))
