// The engine as the page sees it: a question with options goes in, a document comes out. Where it is, on
// a server or in a worker of this very file, makes no difference to what it says.

export type Options = [name: string, value: string | null][];

/** Lanes run beside each other; within one, a question waits for the one before. */
export type Lane = "first" | "full" | "rest" | "check" | "effect";

export interface Question {
  question: string;
  options: Options;
  /** The case file's text in place of the one that is shown. */
  text?: string;
  /** Other files than the case, which an engine here can be asked about; an input is one of them or their folder. */
  files?: { path: string; bytes: string | Uint8Array }[];
  inputs?: string[];
  format?: "json" | "text" | "svg";
}

export interface Finding {
  severity: "error" | "warning" | "note";
  code: string;
  line: number;
  column: number;
  length: number;
  message: string;
  hint: string | null;
}

export interface Reply {
  /** The document; null where there is none, and then a message says why. */
  text: string | null;
  fault: string | null;
  findings: Finding[];
}

export interface Engine {
  readonly where: "server" | "here";
  /** Worlds of a first picture that is drawn before the whole one; null: it would not be sooner. */
  readonly first: number | null;
  /**
   * Ask in a lane. A signal that aborts rejects the promise and ends the computation; `tick` hears how
   * far it is, in words.
   */
  ask(question: Question, lane: Lane, signal: AbortSignal, tick?: (words: string) => void): Promise<Reply>;
  /** Nothing more will be asked in this lane for a while: what it holds can go. */
  rest(lane: Lane): void;
}

export class Stopped extends Error {
  constructor() {
    super("stopped");
  }
}
