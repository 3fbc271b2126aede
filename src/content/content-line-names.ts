/** What a property of a vCard or calendar is about. */
interface PropertyField {
  /** Of its value. */
  name: string
  /** Of the components of a structured value, in their order. */
  components?: readonly string[]
  /** Of its parameter `CN`. */
  commonName?: string
}

/** Properties that are about people, by their names: RFC 6350 section 6, RFC 5545 section 3.8. What is absent has its own name. */
export const propertyFields: ReadonlyMap<string, PropertyField> = new Map<string, PropertyField>([
  [
    'N',
    {
      name: 'full name',
      components: ['family name', 'given name', 'middle name', 'name prefix', 'name suffix'],
    },
  ],
  ['FN', { name: 'full name' }],
  ['NICKNAME', { name: 'nickname' }],
  ['BDAY', { name: 'date of birth' }],
  ['BIRTHPLACE', { name: 'place of birth' }],
  ['GENDER', { name: 'gender' }],
  ['TEL', { name: 'phone' }],
  ['EMAIL', { name: 'email' }],
  [
    'ADR',
    {
      name: 'address',
      components: [
        ...['post office box', 'address line', 'street address', 'address city', 'region'],
        ...['address postal code', 'country'],
      ],
    },
  ],
  ['LABEL', { name: 'address' }],
  ['TITLE', { name: 'job title' }],
  ['GEO', { name: 'coordinates' }],
  ['ATTENDEE', { name: 'email', commonName: 'attendee name' }],
  ['ORGANIZER', { name: 'email', commonName: 'contact name' }],
  ['CONTACT', { name: 'contact' }],
])
