// The demonstration clinic: `node examples/clinic/main.ts [namespaces | docker]`. Says on standard output, on one line of
// JSON, when it is open; runs until its standard input ends or a signal comes.
import { Clinic } from './clinic.ts'
import { ClinicFolder } from './folder.ts'
import { addressOf, ports } from './plan.ts'
import { DockerStage } from './stages/docker.ts'
import { NamespaceStage } from './stages/namespaces.ts'

/** Where daemons are, which is not on everyone's PATH. */
process.env.PATH = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`

const ending = new AbortController()
const asked = new Error('it was asked to end')
const end = () => ending.abort(asked)
process.stdin.on('end', end).on('error', end).resume()
process.stdout.on('error', end)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)

async function run(): Promise<void> {
  const folder = ClinicFolder.take('/run/pavise-clinic')
  const stages = { namespaces: new NamespaceStage(folder.path), docker: new DockerStage(folder.path) }
  // One that was killed may have been of the other kind.
  for (const each of Object.values(stages)) each.close()
  const stage = process.argv[2] === 'docker' ? stages.docker : stages.namespaces
  const clinic = new Clinic(folder, stage, ending)
  const reason = await clinic.open().then(
    () => {
      const web = `http://${addressOf('web')}:${ports.web}`
      process.stdout.write(`${JSON.stringify({ web, log: folder.log, arguments: stage.paviseArguments })}\n`)
      return clinic.ended
    },
    (error: unknown) => error,
  )
  await clinic.close()
  if (reason === asked) return folder.remove()
  folder.keepLog()
  throw reason
}

run().then(
  () => process.exit(),
  (error: Error) => {
    process.stderr.write(`clinic: ${error.message}\n`)
    process.exit(4)
  },
)
