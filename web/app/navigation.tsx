"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Logo } from "../ui/logo.tsx";
import { WaitingBadge } from "./waiting/waiting.tsx";

const places = [
  { href: "/runs", label: "Runs" },
  { href: "/deployments", label: "Deployments" },
  { href: "/runners", label: "Runners" },
] as const;

/** What stands on top of every page. */
export function Navigation({ sign }: { sign: ReactNode }) {
  const pathname = usePathname();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-panel/90 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-2 px-4 sm:gap-5 sm:px-6">
        <Link
          href="/runs"
          className="flex items-center gap-2.5 rounded-md font-semibold tracking-tight"
          aria-label="Antiphon"
        >
          <Logo />
          <span className="hidden sm:inline">Antiphon</span>
        </Link>
        <nav aria-label="Main" className="flex h-full min-w-0 items-stretch">
          {places.map(({ href, label }) => {
            const here = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <Link
                key={href}
                href={href}
                aria-current={here ? "page" : undefined}
                className="relative flex items-center gap-1.5 px-2 text-[13px] text-soft hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 aria-[current=page]:after:rounded-full aria-[current=page]:after:bg-accent sm:px-3 sm:text-sm"
              >
                {label}
                {href === "/runs" ? <WaitingBadge /> : null}
              </Link>
            );
          })}
        </nav>
        <div className="ml-auto">{sign}</div>
      </div>
    </header>
  );
}
