"use client";

import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export default function PageError({ retry }: { error: Error; retry: () => void }) {
  return (
    <div role="alert">
      <Empty page title="This page could not be read">
        <p>The server did not answer as expected. Its log says why.</p>
        <Button className="mt-4" onClick={() => retry()}>
          Try again
        </Button>
      </Empty>
    </div>
  );
}
