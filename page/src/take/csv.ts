// Rows as CSV (RFC 4180): UTF-8 with a mark, which spreadsheets ask for; numbers unrounded, with a point.

import { bare } from "../turns";

export type Cell = string | number | null | undefined;
export type Rows = Cell[][];

/** A spreadsheet runs what begins like a formula: such words get an apostrophe before them. */
function cellOf(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const words = bare(value);
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export const csvOf = (rows: Rows): string => `\uFEFF${rows.map((r) => `${r.map(cellOf).join(",")}\r\n`).join("")}`;
