/** Text that becomes markup only by `markup`: what traffic or a person named is text, and nothing else, in a page. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | string | number | readonly (Markup | string | number)[]

/** Markup with what stands between it as text. Lists are put one after the other. Not named as formatters know it: they would add space. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, i) => `${text}${i < parts.length ? shown(parts[i]) : ''}`).join(''))
}

function shown(part: Part): string {
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map((each) => shown(each)).join('')
  return `${part}`.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A page that needs nothing but itself, loads nothing, and is printed well on A4. */
export function htmlPage({
  title,
  language,
  body,
}: {
  title: string
  language: string
  body: Markup
}): string {
  return markup`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${new Markup(style)}</style></head><body>
${body}
</body></html>
`.text
}

const style = `@page{size:A4;margin:18mm 16mm}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,"Segoe UI",sans-serif;margin:2rem auto;max-width:62rem;padding:0 1.25rem;color:#1b1f24;background:#fff}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.15rem;margin:1.8rem 0 .3rem;break-after:avoid}h3{font-size:1rem;margin:0;break-after:avoid}
p{margin:.3rem 0 .7rem}ul{margin:.2rem 0 .7rem;padding-left:1.2rem}
.law,.quiet{color:#57606a;font-size:.87rem}.notice{border-left:4px solid #9a6700;background:#fff8e6;padding:.6rem .9rem;margin:1rem 0}
.missing{border:1px dashed #9a6700;padding:.15rem .5rem;display:inline-block}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d0d7de;overflow-wrap:anywhere}
.wide{font-size:.76rem}.wide th,.wide td{overflow-wrap:break-word;padding:.3rem .4rem}.wide .law{font-size:.72rem}
th{font-weight:600;background:#f6f8fa}tr{break-inside:avoid}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.state{display:inline-block;border:1px solid;border-radius:.3rem;padding:0 .45rem;font-weight:600;font-size:.82rem;white-space:nowrap}
.met{color:#116329;background:#e6f6ea}.partly{color:#7a4b00;background:#fff3d6}.not-met{color:#a40e26;background:#ffebe9}.not-assessable{color:#424a53;background:#f0f2f5}
.slices{display:flex;gap:2px}.slice{width:1rem;height:1rem;border:1px solid;border-radius:2px;font-size:.65rem;line-height:.9rem;text-align:center}
.id{white-space:nowrap;font-weight:600}td ul{margin:0;padding-left:1rem}td li{margin:0 0 .15rem}
.totals{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}.total{border:1px solid #d0d7de;border-radius:.4rem;padding:.5rem .9rem;min-width:9rem}.total b{display:block;font-size:1.5rem;line-height:1.2}
@media print{body{margin:0;max-width:none;padding:0;font-size:10pt}h1{font-size:17pt}table{font-size:8.5pt}th,td{padding:.25rem .4rem}.slice{width:.7rem;height:.7rem;line-height:.6rem}thead{display:table-header-group}.state,.slice,.notice,.total{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`
