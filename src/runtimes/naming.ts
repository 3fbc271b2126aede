/** What an engine knows that a name can be made of. */
export interface NamingSource {
  labels: Readonly<Record<string, string>>
  /** As the engine was asked for it: `registry:5000/team/api:1.2@sha256:…`. */
  image: string | null
  /** The container's. */
  name: string
  /** Name of the Podman pod that it is in. */
  pod?: string | undefined
}

export interface ServiceName {
  service: string
  namespace: string
}

const defaultNamespace = 'default'

/** Labels of containers that Kubernetes' own agent sets (kubelet, `pkg/kubelet/types/labels.go`). */
const kubernetes = { namespace: 'io.kubernetes.pod.namespace', pod: 'io.kubernetes.pod.name' } as const
/** Recommended label, then what came before it, then that of the control plane's own pods. */
const appLabels = ['app.kubernetes.io/name', 'app', 'k8s-app'] as const

/** The service and the namespace that a workload belongs to. The first of the rules that applies gives both. */
export function nameService(source: NamingSource): ServiceName {
  const { labels, pod } = source
  return (
    ofKubernetes(labels) ??
    ofCompose(labels) ??
    ofSwarm(labels) ?? {
      service: given(labels[appLabels[0]]) ?? given(pod) ?? imageName(source.image) ?? source.name,
      namespace: defaultNamespace,
    }
  )
}

function ofKubernetes(labels: NamingSource['labels']): ServiceName | undefined {
  const pod = given(labels[kubernetes.pod])
  if (pod === undefined) return undefined
  const app = appLabels.map((label) => given(labels[label])).find((value) => value !== undefined)
  return { service: app ?? podOwner(pod), namespace: given(labels[kubernetes.namespace]) ?? defaultNamespace }
}

/** Docker Compose v1 and v2 and podman-compose set the same labels. */
function ofCompose(labels: NamingSource['labels']): ServiceName | undefined {
  const service = given(labels['com.docker.compose.service'])
  if (service === undefined) return undefined
  return { service, namespace: given(labels['com.docker.compose.project']) ?? defaultNamespace }
}

/** A stack's services are named `<stack>_<service>`. */
function ofSwarm(labels: NamingSource['labels']): ServiceName | undefined {
  const service = given(labels['com.docker.swarm.service.name'])
  if (service === undefined) return undefined
  const stack = given(labels['com.docker.stack.namespace'])
  const short = stack !== undefined && service.startsWith(`${stack}_`) ? service.slice(stack.length + 1) : ''
  return { service: short === '' ? service : short, namespace: stack ?? defaultNamespace }
}

/**
 * What made a pod, by the pod's name: controllers append five characters, a Deployment's ReplicaSet a hash before them,
 * a CronJob the minute before them, a StatefulSet a number. Characters are those of Kubernetes'
 * `k8s.io/apimachinery/pkg/util/rand`, which has no vowels, so that names of one's own are seldom cut.
 */
export function podOwner(pod: string): string {
  const generated =
    /^(.+?)(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10}|-[0-9]{8})?-[bcdfghjklmnpqrstvwxz2456789]{5}$/
  return generated.exec(pod)?.[1] ?? /^(.+)-[0-9]{1,5}$/.exec(pod)?.[1] ?? pod
}

/**
 * The repository of an image reference without its registry, tag and digest; undefined for one that is only an id.
 * Grammar: `github.com/distribution/reference`. What Docker Hub calls `library/nginx` is `nginx`.
 */
export function imageName(reference: string | null): string | undefined {
  const named = reference?.split('@', 1)[0] ?? ''
  const parts = named.replace(/:[^:/]*$/, '').split('/')
  const isRegistry = parts.length > 1 && (/[.:]/.test(parts[0]) || parts[0] === 'localhost')
  const path = isRegistry ? parts.slice(1) : parts
  if (path.length > 1 && path[0] === 'library') path.shift()
  const name = path.join('/')
  const isId = named.startsWith('sha256:') || /^(?:[0-9a-f]{12}|[0-9a-f]{64})$/.test(name)
  return name === '' || isId ? undefined : name
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value
}
