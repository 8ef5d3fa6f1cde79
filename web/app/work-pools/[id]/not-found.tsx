import { NotThere } from "../../../ui/not-there.tsx";

export default function WorkPoolNotFound() {
  return <NotThere kind="work pool" href="/work-pools" />;
}
