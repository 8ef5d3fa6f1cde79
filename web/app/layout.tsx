import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { ConnectionSign } from "../lib/graphql/connection-sign.tsx";
import { GraphqlProvider } from "../lib/graphql/provider.tsx";
import { NowProvider } from "../ui/now.tsx";
import "./globals.css";
import { Navigation } from "./navigation.tsx";
import { countWaiting } from "./waiting/count.ts";
import { WaitingProvider } from "./waiting/waiting.tsx";

// Every page shows the present.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Antiphon", template: "%s · Antiphon" },
  description: "Flows that talk with people.",
};
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f8fa" },
    { media: "(prefers-color-scheme: dark)", color: "#15161c" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const waiting = await countWaiting();
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <a
          href="#content"
          className="sr-only z-50 rounded-lg bg-panel px-4 py-2 text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-4 focus:py-2 focus:shadow-lg"
        >
          Skip to the content
        </a>
        <GraphqlProvider>
          <NowProvider start={Date.now()}>
            <WaitingProvider initial={waiting}>
              <Navigation sign={<ConnectionSign />} />
              <main
                id="content"
                tabIndex={-1}
                className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6"
              >
                {children}
              </main>
            </WaitingProvider>
          </NowProvider>
        </GraphqlProvider>
      </body>
    </html>
  );
}
