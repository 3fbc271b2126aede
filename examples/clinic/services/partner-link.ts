import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { geneVariantOf, type Person } from '../people.ts'
import { addressOf, address6Of, partnerName, ports } from '../plan.ts'

/** The account goes over the wire as it is: what the demonstration is to find. */
export async function bill({ name, iban, card }: Person): Promise<void> {
  const to = { host: address6Of('partner'), port: ports.partner, path: '/claims', family: 6 }
  await send(httpRequest, to, { invoice: { payer: name, iban, card } })
}

/** Encrypted by the API itself: nobody but the partner reads it. */
export async function prescribe({ insuranceNumber, medication }: Person): Promise<void> {
  const tls = { servername: partnerName, rejectUnauthorized: false, agent: false }
  const to = { host: addressOf('partner'), port: ports.partnerTls, path: '/prescriptions', ...tls }
  await send(httpsRequest, to, { insuranceNumber, medication })
}

/** By the sidecar, which encrypts it: on the loopback it is still plain. */
export async function sendResult({ ssn, diagnosis, bloodGroup }: Person): Promise<void> {
  const to = { host: '127.0.0.1', port: ports.sidecar, path: '/results' }
  const result = { ssn, diagnosis, bloodGroup, geneVariant: geneVariantOf(ssn) }
  await send(httpRequest, to, { patient: result })
}

/** A message of HL7 v2 as a file, of the type that says nothing, as many senders do. */
export async function sendAdmission(patient: Person): Promise<void> {
  const { name, born, street, phone, religion, insuranceNumber, diagnosis, allergy } = patient
  const [given, family] = name.split(' ')
  const message = [
    'MSH|^~\\&|CLINIC|WARD|LAB|PARTNER|20261121083000||ADT^A01|1|P|2.5',
    `PID|1||||${family}^${given}||${born.replaceAll('-', '')}||||${street}^^Berlin^^10115||${phone}||||^${religion}`,
    `IN1|1${'|'.repeat(48)}${insuranceNumber}`,
    `DG1|1||${diagnosis}`,
    `AL1|1||^${allergy}`,
  ]
  await upload('admission.hl7', 'application/octet-stream', `${message.join('\r')}\r`)
}

/** A list of patients, for the partner's accounting. */
export async function sendList(patients: readonly Person[]): Promise<void> {
  const rows = patients.map(({ name, born, insuranceNumber, diagnosis, nationality, iban }) =>
    [name, born, insuranceNumber, diagnosis, nationality, iban].join(';'),
  )
  const list = ['name;date_of_birth;insurance_number;diagnosis;nationality;iban', ...rows]
  await upload('patients.csv', 'text/csv', `${list.join('\r\n')}\r\n`)
}

async function upload(name: string, type: string, content: string): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([content], { type }), name)
  const answer = await fetch(`http://${addressOf('partner')}/imports`, { method: 'POST', body: form })
  await answer.text()
}

function send(request: typeof httpRequest, to: object, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { host: partnerName, 'content-type': 'application/json' }
    request({ ...to, method: 'POST', headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(JSON.stringify(body))
  })
}
