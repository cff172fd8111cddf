export const manifestColumns = ['seat', 'carriage', 'name', 'document', 'number', 'phone'] as const
export type ManifestColumn = (typeof manifestColumns)[number]

/** Heads by which lists of passengers name their columns, without blanks and in small letters. */
const heads: Readonly<Record<ManifestColumn, readonly string[]>> = {
  seat: ['座位', '座位号', '座号', '席位', '席位号', 'seat', 'seatno', 'seatnumber', 'seatno.'],
  carriage: ['车厢', '车厢号', '舱', '舱室', 'carriage', 'coach', 'car', 'cabin', 'deck'],
  name: [
    '姓名',
    '旅客姓名',
    '乘客姓名',
    '旅客',
    '乘客',
    '名字',
    'name',
    'fullname',
    'passenger',
    'passengername',
  ],
  document: ['证件', '证件类型', '证件种类', '证件名称', 'documenttype', 'idtype', 'doctype', 'document'],
  number: [
    '证件号',
    '证件号码',
    '身份证',
    '身份证号',
    '身份证号码',
    '护照号',
    '护照号码',
    'documentnumber',
    'documentno',
    'documentno.',
    'idnumber',
    'idno',
    'idno.',
    'passportno',
    'passportnumber',
    'passport',
  ],
  phone: [
    '电话',
    '手机',
    '手机号',
    '手机号码',
    '联系电话',
    '电话号码',
    'phone',
    'phonenumber',
    'mobile',
    'tel',
    'telephone',
  ],
}

const plain = (head: string): string =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_:*()-]/g, '')

/**
 * Which column stands where.
 * @example columnsOf(['座位号', '旅客姓名']).get('name') // 1
 */
export const columnsOf = (cells: readonly string[]): ReadonlyMap<ManifestColumn, number> => {
  const found = new Map<ManifestColumn, number>()
  for (const [index, cell] of cells.entries()) {
    const column = manifestColumns.find((each) => heads[each].includes(plain(cell)))
    if (column !== undefined && !found.has(column)) found.set(column, index)
  }
  return found
}

/** Whether these columns tell who somebody is; without them the row is no head of a list. */
export const tellsWho = (columns: ReadonlyMap<ManifestColumn, number>): boolean =>
  columns.has('name') || columns.has('number')
