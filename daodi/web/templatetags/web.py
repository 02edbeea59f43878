"""The site's own tags. A component without a body is a plain include, not a tag.

Icons are the exception: a page has hundreds, and an include each took a third of its time.
"""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite, and a blank; the word beside it says what it means."""
    drawing = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg> '
    return format_html(drawing, static("icons.svg"), name)


@register.simple_block_tag
def panel(content: SafeString, title: str = "", count: int | None = None) -> SafeString:
    return render_to_string(
        "components/panel.html", {"title": title, "body": content, "count": count}
    )
