"""The form of a page as a browser would send it, with nothing changed."""

from html.parser import HTMLParser

TYPED = {"text", "email", "url", "number", "hidden", "password", "search", "datetime-local"}


class FormReader(HTMLParser):
    """``fields``: what would be sent for the form with this id."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._form, self._inside = form, False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = own.get("id") == self._form
        if not self._inside:
            return
        name, kind = own.get("name", ""), own.get("type", "text")
        is_marked = kind in {"checkbox", "radio"} and "checked" in own
        if tag == "input" and name and (kind in TYPED or is_marked):
            self.fields.setdefault(name, []).append(own.get("value", ""))
        elif tag == "select":
            self._select = name
            self.fields.setdefault(name, [])
        elif tag == "option" and "selected" in own:
            self.fields[self._select].append(own.get("value", ""))
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea][0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = ""


def fields_of(page: str, form: str) -> dict[str, list[str]]:
    reader = FormReader(form)
    reader.feed(page)
    fields = {name: values for name, values in reader.fields.items() if "__prefix__" not in name}
    return {name: values for name, values in fields.items() if not name.startswith("_")}
