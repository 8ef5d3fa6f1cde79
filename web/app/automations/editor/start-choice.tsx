import Link from "next/link";
import { starts } from "./starts.ts";

/** What a new automation can begin with; each is an address. */
export function StartChoice({ chosen }: { chosen: string | null }) {
  return (
    <nav aria-label="Begin with" className="grid grid-cols-2 gap-2 sm:grid-cols-4 xl:grid-cols-7">
      {starts.map(({ slug, title, what }) => (
        <Link
          key={slug}
          href={`/automations/new?template=${slug}`}
          replace
          scroll={false}
          aria-current={slug === chosen ? "true" : undefined}
          className="flex flex-col gap-0.5 rounded-lg border border-line bg-panel px-3 py-2 hover:border-strong hover:bg-sunk aria-[current=true]:border-accent aria-[current=true]:bg-accent/8"
        >
          <span className="text-[13px] font-medium">{title}</span>
          <span className="text-xs text-soft">{what}</span>
        </Link>
      ))}
    </nav>
  );
}
