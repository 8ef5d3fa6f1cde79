"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Logo } from "../ui/logo.tsx";
import { WaitingBadge } from "./waiting/waiting.tsx";

const groups = [
  {
    name: "Work",
    places: [
      { href: "/runs", label: "Runs" },
      { href: "/deployments", label: "Deployments" },
      { href: "/work-pools", label: "Work pools" },
      { href: "/runners", label: "Runners" },
    ],
  },
  {
    name: "Events",
    places: [
      { href: "/events", label: "Events" },
      { href: "/automations", label: "Automations" },
      { href: "/webhooks", label: "Webhooks" },
    ],
  },
  {
    name: "Settings",
    places: [
      { href: "/blocks", label: "Blocks" },
      { href: "/variables", label: "Variables" },
    ],
  },
] as const;

/** What stands on top of every page. */
export function Navigation({ sign }: { sign: ReactNode }) {
  const pathname = usePathname();
  const bar = useRef<HTMLElement>(null);
  // A window that is too narrow for all of them scrolls to the one that is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each address has a place of its own
  useEffect(() => {
    const open = bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (open && bar.current) bar.current.scrollLeft = open.offsetLeft - bar.current.clientWidth / 3;
  }, [pathname]);
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-panel/90 backdrop-blur">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-4 px-4 sm:px-6 lg:h-14 lg:flex-nowrap">
        <Link
          href="/runs"
          className="flex h-12 items-center gap-2.5 rounded-md font-semibold tracking-tight lg:h-auto"
          aria-label="Antiphon"
        >
          <Logo />
          Antiphon
        </Link>
        <nav
          ref={bar}
          aria-label="Main"
          className="relative order-last -mx-1 flex h-9 w-full min-w-0 items-stretch overflow-x-auto pr-8 [mask-image:linear-gradient(to_right,black_calc(100%-2.5rem),transparent)] [scrollbar-width:none] lg:order-none lg:mx-0 lg:h-full lg:w-auto lg:pr-0 lg:[mask-image:none]"
        >
          {groups.map(({ name, places }) => (
            <ul
              key={name}
              aria-label={name}
              className="flex shrink-0 items-stretch not-first:before:mx-2 not-first:before:my-auto not-first:before:h-4 not-first:before:w-px not-first:before:bg-line xl:not-first:before:mx-3"
            >
              {places.map(({ href, label }) => {
                const here = pathname === href || pathname.startsWith(`${href}/`);
                return (
                  <li key={href} className="flex">
                    <Link
                      href={href}
                      aria-current={here ? "page" : undefined}
                      className="relative flex shrink-0 items-center gap-1.5 px-1.5 text-[13px] whitespace-nowrap text-soft hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-1.5 aria-[current=page]:after:bottom-0 aria-[current=page]:after:h-0.5 aria-[current=page]:after:rounded-full aria-[current=page]:after:bg-accent lg:px-2 xl:px-2.5 xl:text-sm"
                    >
                      {label}
                      {href === "/runs" ? <WaitingBadge /> : null}
                    </Link>
                  </li>
                );
              })}
            </ul>
          ))}
        </nav>
        <div className="ml-auto shrink-0">{sign}</div>
      </div>
    </header>
  );
}
