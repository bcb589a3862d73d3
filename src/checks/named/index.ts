import type { Check } from "../../model/evidence.ts";
import { acceptedLike } from "./accepted-like.ts";
import { agreesWithLookUp } from "./agrees-with-look-up.ts";
import { appliedIfAcknowledged } from "./applied-if-acknowledged.ts";
import { baseUrlForOkta } from "./base-url-for-okta.ts";
import { noInternals, wordedDetail } from "./error-detail.ts";
import { everyoneOnce } from "./everyone-once.ts";
import { fullPages } from "./full-pages.ts";
import { honestPageSizes } from "./honest-page-sizes.ts";
import { integerCounters } from "./integer-counters.ts";
import { itemsPerPage } from "./items-per-page.ts";
import { jsonBody } from "./json-body.ts";
import { listResponse } from "./list-response.ts";
import { membersExactly } from "./members-exactly.ts";
import { minimumProfile } from "./minimum-profile.ts";
import { noPassword } from "./no-password.ts";
import { onOnePage } from "./on-one-page.ts";
import { pagePastEnd } from "./page-past-end.ts";
import { pageWithinCount } from "./page-within-count.ts";
import { patchAnswer } from "./patch-answer.ts";
import { raceLosers } from "./race-losers.ts";
import { raceWinner } from "./race-winner.ts";
import { sameOrder } from "./same-order.ts";
import { sameResource } from "./same-resource.ts";
import { scimError } from "./scim-error.ts";
import { shownInactive } from "./shown-inactive.ts";
import { startIndexEchoed } from "./start-index-echoed.ts";
import { totalCovers } from "./total-covers.ts";
import { usersNamed } from "./users-named.ts";
import { vanishedUser } from "./vanished-user.ts";
import { wholeTotal } from "./whole-total.ts";

/** Every named check, one file each. */
export const namedChecks: readonly Check[] = [
  acceptedLike,
  agreesWithLookUp,
  appliedIfAcknowledged,
  baseUrlForOkta,
  integerCounters,
  itemsPerPage,
  jsonBody,
  listResponse,
  minimumProfile,
  membersExactly,
  noInternals,
  noPassword,
  pageWithinCount,
  patchAnswer,
  raceLosers,
  raceWinner,
  sameResource,
  scimError,
  shownInactive,
  totalCovers,
  usersNamed,
  vanishedUser,
  wordedDetail,
  everyoneOnce,
  fullPages,
  honestPageSizes,
  onOnePage,
  pagePastEnd,
  sameOrder,
  startIndexEchoed,
  wholeTotal,
];
