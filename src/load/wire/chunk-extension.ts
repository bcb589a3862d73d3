import { BadAnswer, FIELD_VALUE, TOKEN } from "./head-syntax.ts";

const [CR, SEMICOLON, EQUALS, QUOTE, BACKSLASH] = [13, 59, 61, 34, 92];

/** Where in `;name=value;name="value"` the reading stands (RFC 9112 section 7.1.1). */
type At = "begin" | "name" | "value" | "quoted" | "escaped" | "end";

/** Reads over the extensions of a chunk. Nobody uses them, but what is none shows that something else went wrong. */
export class ChunkExtension {
  #at: At = "begin";

  begin(): void {
    this.#at = "begin";
  }

  /**
   * Takes one byte behind the semicolon. True when it is the CR that ends the line.
   * @throws BadAnswer
   */
  step(byte: number): boolean {
    switch (this.#at) {
      case "quoted":
        if (byte === QUOTE) this.#at = "end";
        else if (byte === BACKSLASH) this.#at = "escaped";
        else if (FIELD_VALUE[byte] !== 1) throw NOT_ONE();
        return false;
      case "escaped":
        if (FIELD_VALUE[byte] !== 1) throw NOT_ONE();
        this.#at = "quoted";
        return false;
      case "begin":
        // A name may be missing, as Node's parser has it; the line may not end here.
        if (byte === CR) throw NOT_ONE();
        this.#at = "name";
        return this.#stepInWord(byte);
      default:
        return this.#stepInWord(byte);
    }
  }

  #stepInWord(byte: number): boolean {
    if (byte === CR) return true;
    if (byte === SEMICOLON) this.#at = "begin";
    else if (this.#at === "end") throw NOT_ONE();
    else if (byte === EQUALS && this.#at === "name") this.#at = "value";
    else if (byte === QUOTE && this.#at === "value") this.#at = "quoted";
    else if (TOKEN[byte] !== 1) throw NOT_ONE();
    return false;
  }
}

const NOT_ONE = () => new BadAnswer("sent a chunk extension that is none");
