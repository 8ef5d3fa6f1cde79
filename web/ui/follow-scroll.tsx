"use client";

import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { Button } from "./button.tsx";

const nearPx = 24;
const useEarlyEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

interface Props {
  label: string;
  /** Whether it stays at its end. */
  following: boolean;
  onFollowing: (following: boolean) => void;
  /** Changes with the content. */
  version: unknown;
  className?: string;
  children: ReactNode;
}

/** A part of a page that scrolls by itself, and stays at its end until somebody scrolls up. */
export function FollowScroll({ label, following, onFollowing, version, className = "", children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  // Each version is a reason to scroll.
  useEarlyEffect(() => {
    const element = frame.current;
    if (following && element !== null) element.scrollTop = element.scrollHeight;
  }, [following, version]);
  const scrolled = (element: HTMLElement) => {
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    if (atEnd !== following) onFollowing(atEnd);
  };
  return (
    <div className="relative">
      <section
        ref={frame}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => scrolled(event.currentTarget)}
        className={`overflow-y-auto overscroll-contain -outline-offset-2 ${className}`}
      >
        {children}
      </section>
      {following ? null : (
        <Button
          size="small"
          className="absolute right-4 bottom-3 shadow-lg"
          onClick={() => onFollowing(true)}
        >
          Follow the end
        </Button>
      )}
    </div>
  );
}
