// The documents of questions that are asked when somebody looks (docs/JSON.md has them whole).
import type { ByIssue } from "./words";

export interface MenuItem {
  package: ByIssue;
  adds: number;
  joint: number;
  for: string | null;
  refuses_those_before: number;
  unpriced: Record<string, string[]>;
}
export interface Menus {
  accounts: { menus: { size: number; share: number; error: number; proved: boolean; items: MenuItem[] }[] }[];
}
export interface Leaf {
  package: ByIssue;
  joint: number;
}
export interface Question {
  party: string;
  package?: ByIssue;
  more?: string;
  than?: string;
  words: string;
  yes: number;
  expected: number;
  if_yes: Leaf;
  if_no: Leaf;
  yes_contradicts: string[];
  no_contradicts: string[];
}
export type Node = { table: Leaf | null } | { question: Question; yes: Node; no: Node };
export interface Asked {
  accounts: {
    curve: { best: number; menus: number[]; questions: number[]; zone: number };
    questions: Question[];
    plan: { tree: Node } | null;
  }[];
}
export interface Importance {
  issue: string;
  importance: [number, number];
  middle: number | null;
  eight_of_ten: [number, number] | null;
  rank: [number, number];
  unpriced: boolean;
}
export interface Priorities {
  accounts: { parties: Record<string, Importance[]> }[];
}
export interface History {
  dates: {
    date: string;
    added: string[];
    accounts: { consistent: boolean; zone: number | null; best: number | null; joined: string[]; left: string[] }[];
  }[];
}
export interface InDispute {
  questions: { party: string; kind: string; live: boolean; a: string[]; b: string[]; words: string }[];
}
