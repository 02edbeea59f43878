"""The site's own tags. A component without a body is a plain include, not a tag."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def panel(content: SafeString, title: str = "", count: int | None = None) -> SafeString:
    return render_to_string(
        "components/panel.html", {"title": title, "body": content, "count": count}
    )
