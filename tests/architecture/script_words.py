"""The identifiers of a JavaScript file: its code without comments, strings and the text of templates."""

import re

_TOKEN = re.compile(r"[A-Za-z_$][\w$]*")
_CLOSING = {"'": "'", '"': '"'}


def identifiers(source: str) -> set[str]:
    """Every identifier in the code, also in the expressions inside template literals."""
    return set(_TOKEN.findall(code_of(source)))


def code_of(source: str) -> str:
    """The source with each comment, string and stretch of template text replaced by a space."""
    code: list[str] = []
    inside: list[str] = []
    position = 0
    while position < len(source):
        if inside and inside[-1] == "`":
            position = _template_text(source, position, inside)
            code.append(" ")
            continue
        char = source[position]
        if source.startswith(("//", "/*"), position):
            end = "\n" if source[position + 1] == "/" else "*/"
            stop = source.find(end, position + 2)
            position = len(source) if stop < 0 else stop + len(end)
            code.append(" ")
        elif char in _CLOSING:
            position = _after_string(source, position)
            code.append(" ")
        else:
            if char in "`{":
                inside.append(char)
            elif char == "}" and inside:
                inside.pop()
            code.append(" " if char == "`" else char)
            position += 1
    return "".join(code)


def _after_string(source: str, position: int) -> int:
    quote = source[position]
    position += 1
    while position < len(source) and source[position] not in (quote, "\n"):
        position += 2 if source[position] == "\\" else 1
    return position + 1


def _template_text(source: str, position: int, inside: list[str]) -> int:
    """Moves past template text to its end or to the next expression, and keeps account in `inside`."""
    while position < len(source):
        if source[position] == "\\":
            position += 2
        elif source[position] == "`":
            inside.pop()
            return position + 1
        elif source.startswith("${", position):
            inside.append("{")
            return position + 2
        else:
            position += 1
    return position
