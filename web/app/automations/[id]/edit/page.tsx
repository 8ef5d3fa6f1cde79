import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../../lib/graphql/server.ts";
import { editedDocument, surroundingsDocument } from "../../editor/documents.ts";
import { EditView } from "./edit-view.tsx";

// The title and the page are made from one reading.
const readEdited = cache((id: string) => read(editedDocument, { id }));

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { automation } = await readEdited((await params).id);
  return { title: automation ? `Edit ${automation.name}` : "Automation" };
}

export default async function EditAutomationPage({ params }: Props) {
  const [edited, surroundings] = await Promise.all([
    readEdited((await params).id),
    read(surroundingsDocument, {}),
  ]);
  if (!edited.automation) notFound();
  return <EditView key={edited.automation.id} initial={edited.automation} surroundings={surroundings} />;
}
