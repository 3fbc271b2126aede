// Patients: register, look up what is kept of them, read the page. A steady trickle, the same each time.
import { setTimeout as sleep } from 'node:timers/promises'
import { person } from '../people.ts'
import { addressOf, address6Of } from '../plan.ts'
import { endWithParent, ready } from './service.ts'

const PAUSE_MS = 300
/** Others come back. */
const PATIENTS = 400

async function visit(number: number): Promise<void> {
  const web = number % 2 === 0 ? `http://${addressOf('web')}` : `http://[${address6Of('web')}]`
  const patient = person(number % PATIENTS)
  await fetch(web).then((answer) => answer.text())
  await fetch(`${web}/patients`, { method: 'POST', body: new URLSearchParams({ ...patient }) }).then(
    (answer) => answer.text(),
  )
  await fetch(`${web}/patients?email=${encodeURIComponent(patient.email)}`, {
    headers: { cookie: `session=${number}; user=${patient.email}` },
  }).then((answer) => answer.text())
}

endWithParent()
ready()
for (let number = 0; ; number++) {
  // A service that is not there (any more) makes for an error, and for another visit.
  await visit(number).catch((error: Error) => process.stderr.write(`${error.message}\n`))
  await sleep(PAUSE_MS)
}
