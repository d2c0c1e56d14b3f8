"""Words that have no place on a page."""

import re

# Only in code and diagnostics; `run` is a noun of ours, and a verb of everybody's.
OURS = re.compile(
    r"\b(modality|modalities|probe|probes|proof|shell|shells|sessions?|cursors?|leases?|connectors?|installations?)\b"
    r"|\b(?:a|the|this|that|last|first|each|every|no|one|new|\d+) runs?\b|\brun_|\bruns\b(?= (?:of|to|that|:))"
    r"|\bconfigure\b", re.IGNORECASE)
SETTINGS = re.compile(r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b")
IDS = re.compile(r"\b(?:con|run|set|req|agt|lnk|own|ses|sess|dev)_[a-z0-9]{6,}\b")
VALUES = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+\.[a-z]+_[a-z]+\b")
CODES = re.compile(r"\b(?:null|undefined|NaN|Optional\(|Swift|stack trace|HTTP [1-5]\d\d|\{\{|\}\})")


def unfit(text: str) -> list[str]:
    """The words of a text that people should never read."""
    return sorted({
        match.group() for rule in (OURS, SETTINGS, IDS, VALUES, CODES) for match in rule.finditer(text)})
