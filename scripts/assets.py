"""Bring what browsers load from npm into var/assets, whole and checked by its hashes."""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "var/assets"
ICONS = ROOT / "daodi/web/icons.txt"
VENDOR = (
    "echarts/dist/echarts.min.js",
    "htmx.org/dist/htmx.min.js",
    "leaflet/dist/leaflet.css",
    "leaflet/dist/leaflet.js",
    "leaflet/dist/leaflet.js.map",
)
OUTLINES = NODE_MODULES / "@tabler/icons/icons/outline"
BACKGROUND = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{lines}</symbol>'
)


def install() -> None:
    """Run npm, unless it ran for just this list of packages."""
    stamp = NODE_MODULES / ".installed"
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        npm = Path(sys.executable).with_name("npm")
        subprocess.run((npm, "ci", "--silent"), cwd=ROOT, check=True)
        stamp.write_text(wanted)


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
    for path in VENDOR:
        shutil.copy(NODE_MODULES / path, ASSETS / "vendor")
    # Its style sheet names them, and whatever a style sheet names must be there.
    images = NODE_MODULES / "leaflet/dist/images"
    shutil.copytree(images, ASSETS / "vendor/images", dirs_exist_ok=True)
    symbols = "\n".join(map(symbol, names))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (ASSETS / "icons.svg").write_text(sprite)


if __name__ == "__main__":
    main()
