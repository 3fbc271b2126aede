/** Fields that a person's place stands under: `user.latitude`, `pickup.location.lat`. */
const owners =
  'user, customer, driver, rider, passenger, courier, visitor, patient, employee, person, member, home, work, pickup, dropoff, delivery, current, last, last known, device, phone, client, check in, my, kunde, nutzer, fahrer, utilisateur, usuario, cliente, utente, gebruiker, klant, uzytkownik'.split(
    ', ',
  )

/** Fields between a person and the numbers. */
const holders = [
  '',
  ' location',
  ' position',
  ' coordinates',
  ' coords',
  ' geo',
  ' gps',
  ' address',
  ' geolocation',
]

/** Each leaf under each person, with and without a field between them. */
export function underPersons(leaves: readonly string[]): readonly string[] {
  return owners.flatMap((owner) =>
    holders.flatMap((holder) => leaves.map((leaf) => `${owner}${holder} ${leaf}`)),
  )
}
