"""What MkDocs does not do itself for pages that are also read on GitHub."""

import re
from pathlib import Path

import mermaidx

DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(((?:\.\./)+[^)#\s]*)(#[^)\s]*)?\)")


def on_page_markdown(markdown, page, config, **_):
    return _draw(_link_to_repository(markdown, page, config))


def _link_to_repository(markdown, page, config):
    """Files outside of docs are not on the site, so links to them lead to the repository."""
    docs = Path(config.docs_dir).resolve()
    folder = (docs / page.file.src_uri).parent

    def lead(match):
        target = (folder / match[1]).resolve()
        if target.is_relative_to(docs) or not target.exists():
            return match[0]  # MkDocs checks it
        path = target.relative_to(docs.parent)
        return f"]({config.extra['repository']}{path}{match[2] or ''})"

    return LINK.sub(lead, markdown)


def _draw(markdown):
    """Diagrams become SVG in the page, so that readers load no script to see them."""
    count = 0

    def draw(match):
        nonlocal count
        count += 1
        svg = mermaidx.render(match[1], theme="neutral").svg()
        svg = svg.replace("my-svg", f"diagram-{count}")
        return f'<div class="diagram">{svg}</div>\n'

    return DIAGRAM.sub(draw, markdown)
