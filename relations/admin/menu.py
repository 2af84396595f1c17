"""The models of the desk beside its pages and on its first one, as Django's template has them, less its white space."""

from typing import Any

from django.utils.translation import gettext

from relations.renderer import escaped

HEADS = ("Model name", "Add link", "Change or view list link")
CURRENT = ' aria-current="page"'


def of_application(app: dict[str, Any], here: str, has_lists: bool) -> str:
    """The models of an application; marked are those that lead to where somebody is."""
    label, name, address = escaped(app["app_label"]), escaped(app["name"]), app["app_url"]
    title = gettext("Models in the %(name)s application") % {"name": name}
    heads = "".join(f'<th scope="col">{gettext(head)}</th>' for head in HEADS)
    models = "".join(of_model(model, label, here, has_lists) for model in app["models"])
    return (
        f'<div class="app-{label} module{" current-app" if address in here else ""}"><table>'
        f'<caption><a href="{escaped(address)}" class="section" title="{title}">{name}</a></caption>'
        f'<thead class="visually-hidden"><tr>{heads}</tr></thead>{models}</table></div>'
    )


def of_model(model: dict[str, Any], app: str, here: str, has_lists: bool) -> str:
    """A model, the way to a new row of it and, on the first page, once more to its list."""
    key, name, address = model["object_name"].lower(), escaped(model["name"]), model["admin_url"]
    is_here = bool(address) and address in here
    if address:
        name = f'<a href="{escaped(address)}"{CURRENT if is_here else ""}>{name}</a>'
    verb, style = ("View", "viewlink") if model.get("view_only") else ("Change", "changelink")
    ways = [(model["add_url"], "addlink", "Add"), *([(address, style, verb)] if has_lists else [])]
    links = "".join(f"<td>{way(*each, f'{app}-{key}')}</td>" for each in ways)
    style = f"model-{key}{' current-model' if is_here else ''}"
    return f'<tr class="{style}"><th scope="row" id="{app}-{key}">{name}</th>{links}</tr>'


def way(address: str | None, style: str, verb: str, described: str) -> str:
    """A link, where somebody may follow it."""
    if not address:
        return ""
    return f'<a href="{escaped(address)}" class="{style}" aria-describedby="{described}">{gettext(verb)}</a>'
