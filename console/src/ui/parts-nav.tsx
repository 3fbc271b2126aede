import { Link } from 'wouter'

interface Props {
  /** What they are parts of, for those who hear it. */
  label: string
  /** Names by id. */
  parts: Readonly<Record<string, string>>
  chosen: string
  href: (part: string) => string
}

/** Parts of a screen, one of which is shown: links, so that each has an address. */
export function PartsNav({ label, parts, chosen, href }: Props) {
  return (
    <nav aria-label={label} className="parts">
      {Object.entries(parts).map(([part, name]) => (
        <Link key={part} href={href(part)} aria-current={part === chosen ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
