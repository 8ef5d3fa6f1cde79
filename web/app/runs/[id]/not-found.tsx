import { NotThere } from "../../../ui/not-there.tsx";

export default function RunNotFound() {
  return <NotThere kind="run" href="/runs" />;
}
