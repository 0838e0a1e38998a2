"""What the description says besides the operations: rooms in words, problems, what is not here and why."""

from __future__ import annotations

from typing import Any

from namsai.texts import Lang, text
from namsai_centre.api.problems import MEDIA
from namsai_centre.api.room import summary

NOT_HERE = ("login", "keys", "roles", "invite", "glass", "phone")  # api.not_here_<name>: what only the pages do
STATUSES = (400, 401, 403, 404, 405, 409, 422, 429)
RULES = ("lists", "changes", "twice", "all", "language", "limit")


def about(lang: Lang) -> str:
    """Return what the API is, and what only the pages do and why."""
    reasons = "\n".join(f"- {text(f'api.not_here_{name}', lang)}" for name in NOT_HERE)
    return f"{text('api.docs_about', lang)}\n\n{text('api.docs_not_here_text', lang)}\n\n{reasons}"


def described(schema: Any) -> Any:
    """Put the words of the catalogue into the description: rooms and operations in both languages, problems as such."""
    rooms: dict[str, None] = {}
    for methods in schema["paths"].values():
        for about_ in methods.values():
            rooms |= dict.fromkeys(about_["tags"])
            if lao := summary(about_["operationId"], "lo"):
                about_["x-summary-lo"] = lao
            for status, answer in about_["responses"].items():
                if int(status) >= 400 and "application/json" in answer.get("content", {}):
                    answer["content"] = {MEDIA: answer["content"]["application/json"]}
    schema["info"]["x-description-lo"] = about("lo")
    schema["tags"] = [
        {"name": room, "description": summary(f"room_{room}", "en"), "x-description-lo": summary(f"room_{room}", "lo")}
        for room in rooms
    ]
    return schema
