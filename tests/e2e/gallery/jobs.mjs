// Every page as somebody sees it: what the gallery pictures and the tests of access read.
import { PAGES } from "./pages.mjs";

/** The lines of PAGES, one job for each address and each person who looks. */
export function jobsOf(models) {
  return PAGES.flatMap((line) => {
    const found = models[line.portal ?? "demo"].found;
    const addresses = line.each
      ? found[line.each].map((at) => ({ at, name: `${line.name}-${at.split("/").at(-1)}` }))
      : [{ at: typeof line.at === "function" ? line.at(found) : (line.at ?? line.door), name: line.name }];
    const status = (who) => (typeof line.status === "object" ? (line.status[who] ?? 200) : (line.status ?? 200));
    return addresses.flatMap((address) =>
      (line.as ?? ["nobody"]).map((who) => ({ ...address, who, status: status(who), steps: line.steps, model: models[line.portal ?? "demo"] })),
    );
  });
}
