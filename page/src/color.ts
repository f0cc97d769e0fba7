// Party colours come from the case; where they stand as text they are moved towards ink until they
// reach a contrast of 5 (WCAG asks for 4.5).
const PALETTE = ["#0072B2", "#D55E00", "#CC79A7", "#009E73", "#56B4E9", "#E69F00"];
const KNOWN: Record<string, string> = { "#d55e00": "#A84300" };

type Rgb = [number, number, number];

function parse(hex: string): Rgb {
  const n = parseInt(hex.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

function luminance(c: Rgb): number {
  const [r, g, b] = c.map((v) => {
    const s = v / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

const hexOf = (c: Rgb) => `#${c.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;

function towards(from: Rgb, to: Rgb, ground: Rgb, least: number): string {
  for (let t = 0; t <= 1; t += 0.04) {
    const mixed = from.map((v, i) => v + t * (to[i] - v)) as Rgb;
    if (contrast(mixed, ground) >= least) return hexOf(mixed);
  }
  return hexOf(to);
}

/** Ink of parties beyond the palette: their names tell them apart, for no colour is given twice. */
const BEYOND = "#5b6270";
const isColor = (color: string | null): color is string => color !== null && /^#[0-9a-f]{6}$/i.test(color);

/** The case's own colours, and for the others those of the palette that none has taken. */
export function partyColors(colors: (string | null)[]): string[] {
  const taken = new Set(colors.filter(isColor).map((c) => c.toLowerCase()));
  const free = PALETTE.filter((c) => !taken.has(c.toLowerCase()));
  return colors.map((c) => (isColor(c) ? c : (free.shift() ?? BEYOND)));
}

/** Defines --p0, --p0-text ... for light, dark and print. */
export function setColors(colors: (string | null)[]): void {
  const light: string[] = [];
  const dark: string[] = [];
  partyColors(colors).forEach((color, i) => {
    const rgb = parse(color);
    const known = KNOWN[color.toLowerCase()];
    light.push(`--p${i}:${towards(rgb, [0, 0, 0], parse("#ffffff"), 3)}`);
    light.push(`--p${i}-text:${known ?? towards(rgb, [0, 0, 0], parse("#f1f2f4"), 5)}`);
    dark.push(`--p${i}:${towards(rgb, [255, 255, 255], parse("#1b1e24"), 3.2)}`);
    dark.push(`--p${i}-text:${towards(rgb, [255, 255, 255], parse("#2a2e37"), 5)}`);
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:root{${light.join(";")}}` +
      `@media screen and (prefers-color-scheme:dark){:root{${dark.join(";")}}.taking{${light.join(";")}}}`,
  );
  document.adoptedStyleSheets = [sheet];
}

/** The CSS colour of a party's marks, or of its words. */
export function ink(party: number | "assumption" | null, text = false): string {
  return typeof party === "number" ? `var(--p${party}${text ? "-text" : ""})` : "var(--ink-2)";
}
