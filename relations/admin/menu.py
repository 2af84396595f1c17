"""Renders the list of models in Python, with the same HTML as Django's template `admin/app_list.html`.

Every page of the desk has the list in its side bar, and the template takes four times as long.
tests/admin/test_drawn.py compares the two, except for white space between tags.
"""

from typing import Any

from django.utils.translation import gettext

from relations.renderer import escaped

HEADS = ("Model name", "Add link", "Change or view list link")
CURRENT = ' aria-current="page"'


def application_as_html(app: dict[str, Any], here: str, has_lists: bool) -> str:
    """A table of the models of an app; `here` is the path of the page, by which the current model is marked."""
    label, name, address = escaped(app["app_label"]), escaped(app["name"]), app["app_url"]
    title = gettext("Models in the %(name)s application") % {"name": name}
    heads = "".join(f'<th scope="col">{gettext(head)}</th>' for head in HEADS)
    models = "".join(model_as_html(model, label, here, has_lists) for model in app["models"])
    return (
        f'<div class="app-{label} module{" current-app" if address in here else ""}"><table>'
        f'<caption><a href="{escaped(address)}" class="section" title="{title}">{name}</a></caption>'
        f'<thead class="visually-hidden"><tr>{heads}</tr></thead>{models}</table></div>'
    )


def model_as_html(model: dict[str, Any], app: str, here: str, has_lists: bool) -> str:
    """A row of the table, with a link to add an object and, on the home page, one to the list."""
    key, name, address = model["object_name"].lower(), escaped(model["name"]), model["admin_url"]
    is_here = bool(address) and address in here
    if address:
        name = f'<a href="{escaped(address)}"{CURRENT if is_here else ""}>{name}</a>'
    verb, style = ("View", "viewlink") if model.get("view_only") else ("Change", "changelink")
    ways = [(model["add_url"], "addlink", "Add"), *([(address, style, verb)] if has_lists else [])]
    links = "".join(f"<td>{link(*each, f'{app}-{key}')}</td>" for each in ways)
    style = f"model-{key}{' current-model' if is_here else ''}"
    return f'<tr class="{style}"><th scope="row" id="{app}-{key}">{name}</th>{links}</tr>'


def link(address: str | None, style: str, verb: str, described: str) -> str:
    """The link in a cell; empty without an address, which means that the user may not open the page."""
    if not address:
        return ""
    return f'<a href="{escaped(address)}" class="{style}" aria-describedby="{described}">{gettext(verb)}</a>'
