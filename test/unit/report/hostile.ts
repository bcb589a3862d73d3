/** What a server may say to harm whoever reads it, each with a name. */
export const HOSTILE = [
  ["a colour", "\u001b[31mred\u001b[0m"],
  ["a link of a terminal", "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007"],
  ["an eight-bit control sequence", "\u009b2J"],
  ["a bidi override", "\u202egnp.exe\u2066\u2069\u061c"],
  ["NUL and backspaces", "pass\u0000\b\b\b\bfail\u007f"],
  ["a carriage return", "✗ broken\r✓ all is well"],
  ["a line feed", "x\n✓ Custom app (AIW): fit for Okta\nExit code 0"],
  ["the end of an element", "</failure></testcase><testcase name='x'/>"],
  ["the end of a CDATA section", "<![CDATA[ ]]> &amp; &#0; <!-- --"],
  ["emoji and combining marks", "👩‍🚀 Zoë é 你好 🇩🇪"],
  ["half characters", "\ud800 and \udc00"],
  ["noncharacters and separators", "\ufffe\uffff\u2028\u2029\ufeff\u{e0041}"],
  ["a shell command", "'; rm -rf ~ #$(id)`id`"],
] as const;
