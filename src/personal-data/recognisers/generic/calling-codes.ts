/**
 * Country calling codes (ITU-T E.164, list of 2016 with later changes) and how many digits follow, as [fewest, most]. Plans
 * that leave the length open, and small ones, have the bounds that E.164 leaves them.
 */
const lengths: Readonly<Record<string, readonly [number, number]>> = {
  1: [10, 10],
  7: [10, 10],
  20: [8, 10],
  27: [9, 9],
  30: [10, 10],
  31: [9, 9],
  32: [8, 9],
  33: [9, 9],
  34: [9, 9],
  36: [8, 9],
  39: [6, 12],
  40: [9, 9],
  41: [9, 9],
  43: [5, 13],
  44: [9, 10],
  45: [8, 8],
  46: [7, 10],
  47: [8, 8],
  48: [9, 9],
  49: [6, 13],
  51: [8, 9],
  52: [10, 10],
  53: [6, 8],
  54: [10, 11],
  55: [10, 11],
  56: [9, 9],
  57: [8, 10],
  58: [10, 10],
  60: [8, 10],
  61: [9, 9],
  62: [8, 12],
  63: [8, 10],
  64: [8, 10],
  65: [8, 8],
  66: [8, 9],
  81: [9, 10],
  82: [8, 10],
  84: [9, 10],
  86: [10, 11],
  90: [10, 10],
  91: [10, 10],
  92: [9, 10],
  93: [9, 9],
  94: [9, 9],
  95: [7, 10],
  98: [10, 10],
  351: [9, 9],
  352: [5, 11],
  353: [7, 9],
  354: [7, 9],
  355: [8, 9],
  356: [8, 8],
  357: [8, 8],
  358: [6, 11],
  359: [8, 9],
  370: [8, 8],
  371: [8, 8],
  372: [7, 8],
  373: [8, 8],
  374: [8, 8],
  375: [9, 9],
  376: [6, 9],
  377: [8, 9],
  378: [6, 10],
  380: [9, 9],
  381: [8, 9],
  382: [8, 8],
  383: [8, 8],
  385: [8, 9],
  386: [8, 8],
  387: [8, 9],
  389: [8, 8],
  420: [9, 9],
  421: [9, 9],
  423: [7, 9],
  852: [8, 8],
  853: [8, 8],
  886: [8, 9],
  971: [8, 9],
  972: [8, 9],
}

/** Codes of three digits that are assigned, besides those above, by their first two digits. */
const assigned: Readonly<Record<string, string>> = {
  21: '12368',
  22: '0123456789',
  23: '0123456789',
  24: '0123456789',
  25: '012345678',
  26: '0123456789',
  29: '01789',
  35: '0',
  50: '0123456789',
  59: '0123456789',
  67: '023456789',
  68: '012356789',
  69: '012',
  80: '08',
  85: '056',
  87: '08',
  88: '01238',
  96: '012345678',
  97: '034567',
  99: '2345678',
}

const openLength: readonly [number, number] = [6, 12]
const table = new Map<number, readonly [number, number]>()
for (const [firstTwo, thirds] of Object.entries(assigned)) {
  for (const third of thirds) table.set(Number(firstTwo + third), openLength)
}
for (const [code, bounds] of Object.entries(lengths)) table.set(Number(code), bounds)

/** People drop and add digits: one too few or too many is still somebody's number. */
const tolerance = 1

/** True when `digits` digits that begin with these three can be a number in international form. */
export function isDiallable(firstThreeDigits: number, digits: number): boolean {
  for (let length = 3; length >= 1; length--) {
    const bounds = table.get(Math.floor(firstThreeDigits / 10 ** (3 - length)))
    if (bounds === undefined) continue
    return digits - length >= bounds[0] - tolerance && digits - length <= bounds[1] + tolerance
  }
  return false
}
