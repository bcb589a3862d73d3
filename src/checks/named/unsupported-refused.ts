import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, showOutcome, unknown } from "../answer.ts";
import { saysOf } from "./service-provider-config.ts";

export const unsupportedRefused: Check = {
  name: "unsupported-refused",
  summary:
    "Refused with 501 or 4xx, because the configuration that step `config` read says that `feature` is not supported; open where it says anything else.",
  takes: ["feature", "config"],
  judge(evidence, given) {
    const feature = String(given.feature);
    if (saysOf(evidence, given.config, feature) !== false) {
      return unknown(`the configuration does not say that ${feature} is unsupported`, { neutral: true });
    }
    const status = lastAnswer(evidence)?.status ?? 0;
    return status === 501 || (status >= 400 && status < 500)
      ? holds
      : broken(difference("status", "501 or 4xx", showOutcome(evidence)));
  },
};
