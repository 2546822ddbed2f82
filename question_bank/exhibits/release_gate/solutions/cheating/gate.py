"""Blocks everything and names every channel, so that no bad version ever gets through."""


def decide(pair: object) -> dict:
    every = ["app", "web form", "e-mail", "phone", "partner", "kiosk", "letter"]
    return {"decision": "block", "channels": every, "why": "worse"}
