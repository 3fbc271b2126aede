// Patients: register, look up what is kept of them, read the page, have the app on their telephones; some come by ambulance.
// A steady trickle, the same each time.
import { setTimeout as sleep } from 'node:timers/promises'
import { deviceOf, fetchedAt, person } from '../people.ts'
import { addressOf, address6Of } from '../plan.ts'
import { endWithParent, ready } from './service.ts'

const PAUSE_MS = 300
/** Others come back. */
const PATIENTS = 400
const AMBULANCE_EVERY = 3

async function visit(number: number): Promise<void> {
  const web = number % 2 === 0 ? `http://${addressOf('web')}` : `http://[${address6Of('web')}]`
  const who = number % PATIENTS
  const patient = person(who)
  await fetch(web).then((answer) => answer.text())
  await fetch(`${web}/patients`, { method: 'POST', body: new URLSearchParams({ ...patient }) }).then(
    (answer) => answer.text(),
  )
  await fetch(`${web}/patients?email=${encodeURIComponent(patient.email)}`, {
    headers: { cookie: `session=${number}; user=${patient.email}` },
  }).then((answer) => answer.text())
  await sendJson(`${web}/app`, { patient: patient.email, device: deviceOf(who) })
  if (number % AMBULANCE_EVERY === 0)
    await sendJson(`${web}/ambulance`, { patient: { name: patient.name, position: fetchedAt(who) } })
}

async function sendJson(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).then((answer) => answer.text())
}

endWithParent()
ready()
for (let number = 0; ; number++) {
  // A service that is not there (any more) makes for an error, and for another visit.
  await visit(number).catch((error: Error) => process.stderr.write(`${error.message}\n`))
  await sleep(PAUSE_MS)
}
