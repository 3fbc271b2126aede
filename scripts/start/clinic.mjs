import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const clinic = fileURLToPath(new URL('../../examples/clinic/main.ts', import.meta.url))
/** Those of `pavise up`, for one who changes their mind before it runs. */
const exitCodes = { SIGINT: 130, SIGTERM: 0, SIGHUP: 0 }
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`)

/**
 * Opens the demonstration clinic, runs a program that watches it, and ends each of the two with the other.
 *
 * @param {string} node path of the pinned Node
 * @param {'namespaces' | 'docker'} kind
 * @param {(args: string[]) => string[]} program the program's arguments, with those that it takes to see the clinic
 */
export async function openClinic(node, kind, program) {
  if (process.geteuid?.() !== 0) {
    say('The demonstration makes network namespaces, which takes root: run it with sudo.')
    process.exit(4)
  }
  say(`demo: opening a clinic in ${kind === 'docker' ? 'containers' : 'network namespaces'} …`)
  // Its standard input ends with us: then it ends too. Ctrl-C reaches the program, which ends first.
  const child = spawn(node, [clinic, kind], { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
  const closed = once(child, 'close')
  let end = (/** @type {keyof typeof exitCodes} */ signal) => {
    process.exitCode = exitCodes[signal]
    child.stdin.end()
  }
  for (const signal of /** @type {(keyof typeof exitCodes)[]} */ (Object.keys(exitCodes)))
    process.on(signal, () => end(signal))
  const opened = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    closed.then(([code]) => process.exit(process.exitCode ?? code ?? 4)),
  ])
  const { web, log, arguments: more } = JSON.parse(opened[0])
  say(`demo: the clinic is open, its web front is ${web} inside of it; log: ${log}`)
  // It ends with us as well, however we end.
  const watching = spawn('setpriv', ['--pdeathsig', 'TERM', node, ...program(more)], { stdio: 'inherit' })
  end = (signal) => void watching.kill(signal)
  let isClosed = false
  void closed.then(() => {
    isClosed = true
    watching.kill('SIGTERM')
  })
  const [code, signal] = await once(watching, 'exit')
  if (isClosed) process.exit(4)
  child.stdin.end()
  await closed
  process.exit(code ?? (signal === 'SIGINT' ? 130 : 1))
}
