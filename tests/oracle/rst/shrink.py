"""Makes a text smaller as long as it shows the same thing."""


def pieces(text, size, separator):
    """The text without each run of `size` parts."""
    parts = text.split(separator) if separator else list(text)
    for start in range(0, len(parts), size):
        rest = parts[:start] + parts[start + size:]
        if len(rest) < len(parts):
            yield separator.join(rest)


def shrink(text, shows, rounds=200):
    """shows(texts) tells which of the texts show it. Ends with a text from which no line and no character can be taken, or after so many rounds."""
    for separator in ('\n', ' ', ''):
        size = max(1, len(text.split(separator) if separator else text) // 2)
        while rounds > 0:
            rounds -= 1
            candidates = list(dict.fromkeys(pieces(text, size, separator)))
            smaller = [candidate for candidate, does in zip(candidates, shows(candidates)) if does]
            if smaller:
                text = min(smaller, key=len)
            elif size > 1:
                size = max(1, size // 2)
            else:
                break
    return text
