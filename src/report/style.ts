/** Colours and weights, handed in by whoever knows what the output can show. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const asItIs = (text: string) => text;

export const PLAIN_STYLE: Style = {
  bold: asItIs,
  dim: asItIs,
  red: asItIs,
  green: asItIs,
  yellow: asItIs,
  cyan: asItIs,
};

/** The marks and arrows of the text format. */
export interface Glyphs {
  readonly pass: string;
  readonly fail: string;
  readonly unknown: string;
  readonly skip: string;
  readonly arrow: string;
  readonly dot: string;
}

export const GLYPHS: Glyphs = { pass: "✓", fail: "✗", unknown: "?", skip: "–", arrow: "→", dot: "·" };

export const ASCII_GLYPHS: Glyphs = { pass: "+", fail: "x", unknown: "?", skip: "-", arrow: "->", dot: "|" };
