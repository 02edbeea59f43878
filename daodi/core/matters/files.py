"""Where the files of matters lie in the store."""


def path_of(key: str, *, small: bool = False) -> str:
    """Return where a file, or the small copy of a picture, lies in the store."""
    return f"{'thumbnails' if small else 'attachments'}/{key[:2]}/{key}"
