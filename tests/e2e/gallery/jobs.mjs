// Every page with every person who opens it, for the gallery and the accessibility tests.
import { PAGES } from "./pages.mjs";

/** One job for each entry of PAGES, address and person. Pages of portals that aren't among the models are left out. */
export function jobsOf(models) {
  return PAGES.filter((entry) => models[entry.portal ?? "demo"]).flatMap((entry) => {
    const found = models[entry.portal ?? "demo"].found;
    const addresses = entry.each
      ? found[entry.each].map((at) => ({ at, name: `${entry.name}-${at.split("/").at(-1)}` }))
      : [{ at: typeof entry.at === "function" ? entry.at(found) : (entry.at ?? entry.route), name: entry.name }];
    const status = (person) => (typeof entry.status === "object" ? (entry.status[person] ?? 200) : (entry.status ?? 200));
    return addresses.flatMap((address) =>
      (entry.as ?? ["nobody"]).map((person) => ({ ...address, kind: entry.name, person, status: status(person), steps: entry.steps, key: entry.key, model: models[entry.portal ?? "demo"] })),
    );
  });
}
