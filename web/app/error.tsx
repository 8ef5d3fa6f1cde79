"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div role="alert">
      <Empty title="This page could not be read">
        <p>The server did not answer as expected. Its log says why.</p>
        <Button className="mt-4" onClick={again}>
          Try again
        </Button>
      </Empty>
    </div>
  );
}
