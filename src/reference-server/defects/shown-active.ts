import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed } from "./sent.ts";

/** How servers show the state of a user in a wrong way wherever they show users. */
export const shownActive: readonly Defect[] = [
  {
    name: "active-as-text",
    title: 'Users are shown with active as the text "true" or "false".',
    layer: "app",
    target: ["OKTA-DEACT-03.boolean-when-active"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        render: (view, resource, projection) => {
          const shown = operations.render(view, resource, projection);
          return shown.active === undefined ? shown : changed(shown, { active: String(shown.active) });
        },
      },
    }),
  },
  {
    name: "active-false-left-out",
    title: "The serializer drops what is false: inactive users are shown without active.",
    layer: "app",
    target: ["OKTA-DEACT-03.boolean-when-inactive"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        render: (view, resource, projection) => {
          const shown = operations.render(view, resource, projection);
          return shown.active === false ? changed(shown, { active: undefined }) : shown;
        },
      },
    }),
  },
];
