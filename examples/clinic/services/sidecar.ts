// Beside the API, in its network: takes plain HTTP on the loopback and sends it to the partner by HTTPS, as a service mesh does.
import { createServer } from 'node:http'
import { Agent, request } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { addressOf, partnerName, ports } from '../plan.ts'
import { serve } from './service.ts'

const partner = { host: addressOf('partner'), port: ports.partnerTls, servername: partnerName }
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })

serve(
  createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const fail = () => outgoing.destroy()
    const onward = request({ ...partner, agent, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, outgoing).catch(fail)
    })
    pipeline(incoming, onward).catch(fail)
  }).listen(ports.sidecar, '127.0.0.1'),
)
