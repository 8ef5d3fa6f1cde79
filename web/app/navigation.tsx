"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Logo } from "../ui/logo.tsx";
import { WaitingBadge } from "./waiting/waiting.tsx";

const places = [
  { href: "/runs", label: "Runs" },
  { href: "/events", label: "Events" },
  { href: "/automations", label: "Automations" },
  { href: "/deployments", label: "Deployments" },
  { href: "/runners", label: "Runners" },
] as const;

/** What stands on top of every page. */
export function Navigation({ sign }: { sign: ReactNode }) {
  const pathname = usePathname();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-panel/90 backdrop-blur">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-5 px-4 sm:h-14 sm:flex-nowrap sm:px-6">
        <Link
          href="/runs"
          className="flex h-12 items-center gap-2.5 rounded-md font-semibold tracking-tight sm:h-auto"
          aria-label="Antiphon"
        >
          <Logo />
          Antiphon
        </Link>
        <nav
          aria-label="Main"
          className="order-last -mx-1 flex h-9 w-full min-w-0 items-stretch overflow-x-auto [scrollbar-width:none] sm:order-none sm:mx-0 sm:h-full sm:w-auto"
        >
          {places.map(({ href, label }) => {
            const here = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <Link
                key={href}
                href={href}
                aria-current={here ? "page" : undefined}
                className="relative flex items-center shrink-0 gap-1.5 px-1 text-xs text-soft hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-1 aria-[current=page]:after:bottom-0 aria-[current=page]:after:h-0.5 aria-[current=page]:after:rounded-full aria-[current=page]:after:bg-accent sm:px-3 sm:text-sm"
              >
                {label}
                {href === "/runs" ? <WaitingBadge /> : null}
              </Link>
            );
          })}
        </nav>
        <div className="ml-auto shrink-0">{sign}</div>
      </div>
    </header>
  );
}
