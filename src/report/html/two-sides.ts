import type { Behaviour } from "../../model/behaviour.ts";
import { capitalised } from "../wording.ts";
import { type Markup, markup, NOTHING, prose } from "./markup.ts";

/** What Okta and the RFC say of the same thing, side by side, where they do not say the same. */
export function twoSides(sides: Behaviour["sides"] = []): Markup {
  if (sides.length === 0) return NOTHING;
  return markup`${sides.map(
    ({ about, okta, rfc }) =>
      markup`<div class="differ"><p class="differ-title">Okta and the RFC differ: ${prose(about)}</p><dl><div><dt>Okta</dt><dd>${prose(capitalised(okta))}</dd></div><div><dt>RFC</dt><dd>${prose(capitalised(rfc))}</dd></div></dl></div>`,
  )}`;
}
