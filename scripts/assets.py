"""Bring htmx and the icons we use from npm into var/assets, whole and checked by their hashes."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "var/assets"
ICONS = ROOT / "daodi/web/icons.txt"
OUTLINES = NODE_MODULES / "@tabler/icons/icons/outline"
BACKGROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{lines}</symbol>'
)


def install() -> None:
    """Run npm, unless it ran after the list of packages was last changed."""
    done = NODE_MODULES / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (ROOT / "package-lock.json").stat().st_mtime:
        npm = Path(sys.executable).with_name("npm")
        subprocess.run((npm, "ci", "--silent"), cwd=ROOT, check=True)
        done.touch()


def icon_names() -> list[str]:
    lines = ICONS.read_text().splitlines() if ICONS.exists() else []
    return sorted({line.strip() for line in lines if line.strip() and line[0] != "#"})


def symbol(name: str) -> str:
    svg = (OUTLINES / f"{name}.svg").read_text()
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")].replace(BACKGROUND, "")
    return SYMBOL.format(name=name, lines="".join(line.strip() for line in inside.splitlines()))


def main() -> None:
    install()
    names = icon_names()
    if unknown := [name for name in names if not (OUTLINES / f"{name}.svg").exists()]:
        sys.exit(f"{ICONS.relative_to(ROOT)}: no such outline icon: {', '.join(unknown)}")
    (ASSETS / "vendor").mkdir(parents=True, exist_ok=True)
    shutil.copy(NODE_MODULES / "htmx.org/dist/htmx.min.js", ASSETS / "vendor")
    symbols = "\n".join(map(symbol, names))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (ASSETS / "icons.svg").write_text(sprite)


if __name__ == "__main__":
    main()
