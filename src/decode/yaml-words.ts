import type { ErrorCode } from "yaml";

type Words = readonly [what: string, next: string];

/** What went wrong in the YAML, in our words. Codes that leave the text unreadable for one reason share a line. */
const WORDS: Readonly<Record<ErrorCode, Words>> = {
  ALIAS_PROPS: ["An alias carries a tag or an anchor.", "Take it away."],
  BAD_ALIAS: ["This alias has no name.", "Write `*name`, or quote the text if it begins with `*` or `&`."],
  BAD_COLLECTION_TYPE: ["This tag does not fit the value.", "Take the tag away."],
  BAD_DIRECTIVE: ["This line with `%` is not a YAML directive.", "Take it away, or quote the text."],
  BAD_DQ_ESCAPE: [
    "This backslash sequence is not known inside double quotes.",
    "Use single quotes, or write the backslash twice.",
  ],
  BAD_INDENT: [
    "This line is indented differently from the ones it belongs to.",
    "Line it up with them, or close a bracket or quote before it.",
  ],
  BAD_PROP_ORDER: ["A tag or anchor stands in the wrong place.", "Put it right before the value."],
  BAD_SCALAR_START: ["A text cannot begin with this character.", "Put the text in quotes."],
  BLOCK_AS_IMPLICIT_KEY: ["A list or object begins on the line of another key.", "Begin it on a new line."],
  BLOCK_IN_FLOW: ["An indented list or object stands inside `[ ]` or `{ }`.", "Write it with brackets too."],
  DUPLICATE_KEY: ["This key was given before in the same object.", "Keep one of them."],
  IMPOSSIBLE: ["This is not YAML.", "Check the lines before it."],
  KEY_OVER_1024_CHARS: ["This key is longer than 1024 characters.", "Check for a missing quote."],
  MISSING_CHAR: [
    "A character is missing here: a colon, a comma, a quote, a bracket or a space.",
    "Check this line and the one before it.",
  ],
  MULTILINE_IMPLICIT_KEY: [
    "This key goes on over the end of its line.",
    "Check for a missing colon or quote.",
  ],
  MULTIPLE_ANCHORS: ["This value has two anchors.", "Keep one of them."],
  MULTIPLE_DOCS: ["A second document begins here (`---`).", "Put it in a file of its own."],
  MULTIPLE_TAGS: ["This value has two tags.", "Keep one of them."],
  NON_STRING_KEY: ["This key is not a text.", "Put it in quotes."],
  RESOURCE_EXHAUSTION: ["The lists and objects are nested too deeply.", "Flatten them."],
  TAB_AS_INDENT: ["This line is indented with a tab.", "Indent with spaces; YAML does not take tabs."],
  TAG_RESOLVE_FAILED: [
    "This tag is not supported.",
    "Take it away, or quote the text if it begins with `!`.",
  ],
  UNEXPECTED_TOKEN: [
    "This does not belong here.",
    "Check for a missing quote, comma or bracket on this line and the one before it.",
  ],
};

export function yamlWords(code: ErrorCode): Words {
  return WORDS[code];
}
