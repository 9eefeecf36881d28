"""What MkDocs does not do itself for pages that are also read on GitHub."""

import logging
import re
from pathlib import Path

import mermaidx

log = logging.getLogger("mkdocs.hooks")

DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(((?:\.\./)+)([^)#\s]*)(#[^)\s]*)?\)")


def on_page_markdown(markdown, page, config, **_):
    return _draw(_link_to_repository(markdown, page, config))


def _link_to_repository(markdown, page, config):
    """Files outside of docs are not on the site, so links to them lead to the repository."""
    project = Path(config.config_file_path).parent
    docs = Path(config.docs_dir)
    folder = (docs / page.file.src_uri).parent

    def lead(match):
        target = (folder / match[1] / match[2]).resolve()
        if target.is_relative_to(docs):
            return match[0]
        if not target.exists():
            log.warning("%s links to '%s', which does not exist", page.file.src_uri, match[2])
        return f"]({config.extra['repository']}{target.relative_to(project)}{match[3] or ''})"

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
