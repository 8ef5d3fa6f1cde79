import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "../../web/ui/markdown.tsx";

const html = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

it("inputs 76: Markdown with a script link is shown inert", () => {
  const shown = html(
    '[pay](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror="alert(1)"> [d](data:text/html,x)',
  );
  expect(shown).not.toMatch(/javascript:|<script|<img|href="data:/);
  expect(shown).toContain("&lt;script&gt;");
});

it("opens links without giving them this page, and loads no pictures", () => {
  const shown = html("[docs](https://example.com) ![chart](https://example.com/a.png)");
  expect(shown).toContain('href="https://example.com" target="_blank" rel="noopener noreferrer nofollow"');
  expect(shown).not.toContain("<img");
});
