import { copyButtons } from "./copy.ts";
import { deepLinks } from "./deep-links.ts";
import { behaviourFilters } from "./filters.ts";
import { requestLog } from "./log.ts";
import { printing } from "./printing.ts";

/** Everything in the page can be read without this; it only filters, opens and copies. */
copyButtons();
const filters = behaviourFilters();
deepLinks(filters);
requestLog();
printing();
