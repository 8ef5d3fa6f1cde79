import { NotThere } from "../../../../ui/not-there.tsx";

export default function BlockNotFound() {
  return <NotThere kind="block" href="/blocks" />;
}
